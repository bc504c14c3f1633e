package io.asynclog.sink;

/** The life of a simulated process, which ends at once: before one of its effects, and with all that would follow. */
final class Lifetime {
    private int effectsLeft;
    private boolean over;

    Lifetime(int effects) {
        effectsLeft = effects;
    }

    static Lifetime endless() {
        return new Lifetime(Integer.MAX_VALUE);
    }

    /** To be called before everything that others can see. */
    void effect() {
        if (over || effectsLeft == 0) {
            over = true;
            throw new Death();
        }
        effectsLeft--;
    }

    /** Cannot be survived: what code does on its way out is an effect, too. */
    static final class Death extends Error {
        private static final long serialVersionUID = 1L;

        Death() {
            super("kill -9", null, false, false);
        }
    }
}
