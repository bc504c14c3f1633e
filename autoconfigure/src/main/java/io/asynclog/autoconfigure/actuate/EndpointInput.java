package io.asynclog.autoconfigure.actuate;

import io.asynclog.autoconfigure.Notation;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.convert.DurationStyle;

/**
 * Reads the parameters of the endpoint's actions and of the tail, which come from anybody. They are texts, and not
 * numbers or enums that the web stack converts, so that a wrong one is answered with what is wrong about it.
 */
final class EndpointInput {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration MAX_TIMEOUT = Duration.ofSeconds(60);
    private static final int MAX_QUOTED = 64;

    private EndpointInput() {}

    /** Reads a word that is the name of a constant, in small letters. */
    static <E extends Enum<E>> E oneOf(@Nullable String action, Class<E> type) {
        String words =
                Arrays.stream(type.getEnumConstants()).map(Notation::word).collect(Collectors.joining(", "));
        if (action == null) {
            throw missing("action", words);
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> Notation.word(constant).equals(action))
                .findFirst()
                .orElseThrow(() -> wrong("action", action, "It is not known here.", "Use one of: " + words + "."));
    }

    static Duration timeout(@Nullable String timeout) {
        if (timeout == null) {
            return DEFAULT_TIMEOUT;
        }
        String mend = "Use one from 0s to " + MAX_TIMEOUT.toSeconds() + "s, such as 5s.";
        Duration duration;
        try {
            duration = DurationStyle.detectAndParse(timeout);
        } catch (IllegalArgumentException | ArithmeticException unreadable) {
            throw wrong("timeout", timeout, "It is no duration.", mend);
        }
        if (duration.isNegative() || duration.compareTo(MAX_TIMEOUT) > 0) {
            throw wrong("timeout", timeout, "It is out of bounds.", mend);
        }
        return duration;
    }

    static long records(@Nullable String records) {
        if (records == null) {
            throw missing("records", "the number of records to drop");
        }
        return number("records", records, 1, Long.MAX_VALUE);
    }

    /** Reads a whole number between two others, these included. */
    static long number(String name, String value, long least, long most) {
        long number;
        try {
            number = Long.parseLong(value);
        } catch (NumberFormatException unreadable) {
            throw wrong(name, value, "It is no whole number.", range(least, most));
        }
        if (number < least || number > most) {
            throw wrong(name, value, "It is out of bounds.", range(least, most));
        }
        return number;
    }

    private static String range(long least, long most) {
        return most == Long.MAX_VALUE
                ? "Use one from " + least + " on."
                : "Use one from " + least + " to " + most + ".";
    }

    static UUID uuid(String name, String value) {
        try {
            return UUID.fromString(value);
        } catch (IllegalArgumentException unreadable) {
            throw wrong(name, value, "It is no UUID.", "Use the one of the last answer.");
        }
    }

    static Level level(@Nullable String level) {
        String words = Arrays.stream(Level.values()).map(Level::name).collect(Collectors.joining(", "));
        if (level == null) {
            throw missing("level", words);
        }
        return Arrays.stream(Level.values())
                .filter(constant -> constant.name().equals(level.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> wrong("level", level, "There is no such level.", "Use one of: " + words + "."));
    }

    /** Refuses a parameter that another action has: whoever sends it means something that does not happen. */
    static void absent(String name, @Nullable String value, String action) {
        if (value != null) {
            throw wrong(name, value, "It belongs to the action '" + action + "'.", "Leave it out.");
        }
    }

    /** Returns why a field is refused that is none. */
    static String unknownField(String name, List<String> fields) {
        return "'" + quoted(name) + "' is no field here. Use " + String.join(", ", fields) + ".";
    }

    static InvalidEndpointRequestException wrong(String name, String value, String reason, String mend) {
        return refusal("'" + name + "' is '" + quoted(value) + "'. " + reason + " " + mend);
    }

    private static InvalidEndpointRequestException missing(String name, String mend) {
        return refusal("'" + name + "' is missing. Set it to: " + mend + ".");
    }

    private static InvalidEndpointRequestException refusal(String reason) {
        return new InvalidEndpointRequestException(reason, reason);
    }

    /** Returns the beginning of a value: a megabyte of it would help nobody. */
    private static String quoted(String value) {
        return value.length() <= MAX_QUOTED ? value : value.substring(0, MAX_QUOTED) + "...";
    }
}
