package io.asynclog;

import java.util.stream.Stream;

/** Log calls that allocate nothing, whose arguments exist before the call. */
enum LogCall {
    TEXT {
        @Override
        void log(AsyncLogger log) {
            log.info("order accepted");
        }
    },
    ONE_STRING {
        @Override
        void log(AsyncLogger log) {
            log.info("order {} accepted", "4711");
        }
    },
    TWO_STRINGS {
        @Override
        void log(AsyncLogger log) {
            log.info("order {} of {} accepted", "4711", "the customer with the long name");
        }
    },
    THREE_STRINGS {
        @Override
        void log(AsyncLogger log) {
            log.info("order {} of {} accepted in {}", "4711", "the customer with the löng name", "Köln");
        }
    },
    FOUR_STRINGS {
        @Override
        void log(AsyncLogger log) {
            log.info("{} of {} in {} by {}", "1", "2", "3", "4");
        }
    },
    TEN_STRINGS {
        @Override
        void log(AsyncLogger log) {
            log.info("{} {} {} {} {} {} {} {} {} {}", STRINGS);
        }
    },
    WHOLE_NUMBERS {
        @Override
        void log(AsyncLogger log) {
            log.info("order {} of {} for {} cents", INTEGER, LONG, SHORT);
        }
    },
    FRACTIONS {
        @Override
        void log(AsyncLogger log) {
            log.info("order for {} at {}", DOUBLE, FLOAT);
        }
    },
    BOOLEAN_AND_CHARACTER {
        @Override
        void log(AsyncLogger log) {
            log.info("order of class {} paid {}", CHARACTER, true);
        }
    },
    ALL_KINDS {
        @Override
        void log(AsyncLogger log) {
            log.info("{} {} {} {} {} {} {} {}", KINDS);
        }
    },
    DISABLED {
        @Override
        void log(AsyncLogger log) {
            log.debug("order {} of {} accepted in {}", "4711", "customer", "place");
        }
    };

    private static final Integer INTEGER = 4_711_000;
    private static final Long LONG = 4_711_000_000_000L;
    private static final Short SHORT = 4711;
    private static final Double DOUBLE = 4711.1 / 3;
    private static final Float FLOAT = 0.3f;
    private static final Character CHARACTER = 'ß';
    private static final Object[] KINDS = {
        INTEGER, LONG, SHORT, (byte) 47, DOUBLE, FLOAT, CHARACTER, false,
    };
    private static final Object[] STRINGS =
            Stream.iterate("argument ", text -> text + ".").limit(10).toArray();

    abstract void log(AsyncLogger log);
}
