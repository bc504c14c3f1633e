package io.asynclog;

/**
 * A record whose text says which it is: the life and producer that logged it, its number among theirs, and a filling
 * that follows from it, so that a text that was cut or mixed is seen.
 *
 * @param life counts the processes that log, from 1
 * @param producer counts the threads of one, from 0
 * @param number counts the records of a producer, from 0
 */
record Numbered(int life, int producer, long number) {
    static final int PRODUCERS = 4;

    private static final String FILLING = "x".repeat(3000);

    /** Returns a later record of the same producer. */
    Numbered plus(long count) {
        return new Numbered(life, producer, number + count);
    }

    String text() {
        return life + " " + producer + " " + number + " " + FILLING.substring(0, fillingLength());
    }

    private int fillingLength() {
        return number % 211 == 17 ? FILLING.length() : (int) (number % 89);
    }

    /** Reads a text; fails when it is not just what {@link #text} makes. */
    static Numbered parse(String text) {
        String[] words = text.split(" ", 4);
        try {
            Numbered numbered =
                    new Numbered(Integer.parseInt(words[0]), Integer.parseInt(words[1]), Long.parseLong(words[2]));
            if (numbered.text().equals(text)) {
                return numbered;
            }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException torn) {
            // falls through
        }
        throw new AssertionError("This is no whole record: '" + text + "'");
    }
}
