package io.asynclog.snippets;

/** A ticket system, for the samples. */
interface Tickets {
    void open(long number, String text);
}
