package io.asynclog.benchmarks;

import java.io.IOException;

/** Something that keeps lines. For one thread at a time. */
interface Journal {
    void append(String line) throws IOException;

    /** Returns when what was appended is on the device. */
    void force() throws IOException;
}
