package io.asynclog.layout;

import io.asynclog.LogRecord;
import io.asynclog.buffer.RecordPairs;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a pattern and what they print. */
final class PatternWords {
    private static final String ISO8601 = "yyyy-MM-dd HH:mm:ss,SSS";
    private static final String STRICT = "yyyy-MM-dd'T'HH:mm:ss,SSS";
    /** Logback's word for the colour of the level. */
    private static final String LEVEL_COLOR = "highlight";

    private static final String DEFAULT_VALUE_MARK = ":-";
    private static final String KNOWN =
            "%d, %level, %thread, %logger, %msg, %kvp, %X, %correlationId, %marker, %ex, %wEx, %nopex, %pid,"
                    + " %n and %clr(...)";
    private static final Pattern CORRELATION_ID = Pattern.compile("(.+)\\((\\d{1,4})\\)");
    private static final List<String> CORRELATION_IDS = List.of("traceId(32)", "spanId(16)");

    private final PatternText pattern;
    private boolean hasExceptionWord;

    PatternWords(PatternText pattern) {
        this.pattern = pattern;
    }

    /** Returns whether a word was read that says what becomes of the exception. */
    boolean hasExceptionWord() {
        return hasExceptionWord;
    }

    /** Returns the part for a word that stands at {@code at}. */
    Part part(String word, List<String> options, int at) {
        return switch (word) {
            case "d", "date" -> date(options, at);
            case "logger", "lo", "c" -> logger(single(word, options, at), at);
            case "kvp" -> keyValues(single(word, options, at), at);
            case "X", "mdc" -> context(single(word, options, at));
            case "correlationId" -> correlationId(options.isEmpty() ? CORRELATION_IDS : options, at);
            case "ex", "exception", "throwable" -> exception(false, single(word, options, at), at);
            case "wEx", "wex" -> exception(true, single(word, options, at), at);
            default -> {
                Part part = plain(word, at);
                refuse(word, options, at);
                yield part;
            }
        };
    }

    private Part plain(String word, int at) {
        return switch (word) {
            case "level", "le", "p" -> LevelPart.of(Enum::name);
            case "thread", "t" -> new TextPart(LogRecord.Text.THREAD_NAME, Width.ANY);
            case "msg", "m", "message" -> (record, out) -> out.append(record, LogRecord.Text.SAFE_MESSAGE);
            case "marker" -> new TextPart(LogRecord.Text.MARKER, Width.ANY);
            case "pid" ->
                LevelPart.literal(String.valueOf(ProcessHandle.current().pid()));
            case "n" -> LevelPart.literal(System.lineSeparator());
            case "nopex", "nopexception" -> {
                hasExceptionWord = true;
                yield LevelPart.literal("");
            }
            default ->
                throw pattern.fault(
                        at,
                        "Unknown word '%" + word + "'.",
                        "Use " + KNOWN + "; write \\% to print a percent sign, and \\_ between a word and letters.");
        };
    }

    /** Returns the ANSI codes that the options of {@code %clr} name; none stands for the colour of the level. */
    List<String> colorCodes(List<String> names, int at) {
        List<String> codes = new ArrayList<>();
        for (String name : names) {
            String code = Colors.code(name);
            if (code == null) {
                throw pattern.fault(at, "Unknown colour '" + name + "'.", "Use one of " + Colors.names() + ".");
            }
            codes.add(code);
        }
        return codes;
    }

    /** Returns the fault of a word that stands before a group. */
    RuntimeException groupFault(String word, int at) {
        if (word.equals(LEVEL_COLOR) || Colors.code(word) != null) {
            String colour = word.equals(LEVEL_COLOR) ? "" : "{" + word + "}";
            return pattern.fault(at, "'%" + word + "' is no colour here.", "Write %clr(...)" + colour + ".");
        }
        Part ignored = part(word, List.of(), at); // throws where there is no such word
        return pattern.fault(at, "'%" + word + "' takes no group.", "Write \\( to print a parenthesis.");
    }

    private Part exception(boolean spaced, String depth, int at) {
        hasExceptionWord = true;
        if (!depth.isEmpty() && !depth.equals("full")) {
            throw pattern.fault(
                    at, "A trace is printed whole, not '" + depth + "' of it.", "Write %ex, or %nopex for none.");
        }
        return new ExceptionPart(spaced);
    }

    private Part date(List<String> options, int at) {
        String format = options.isEmpty() ? ISO8601 : options.get(0);
        format = format.equals("ISO8601") ? ISO8601 : format.equals("STRICT") ? STRICT : format;
        if (options.size() > 3) {
            throw pattern.fault(at, "'%d' takes a format, a zone and a locale.", "Put a format with commas in quotes.");
        }
        try {
            ZoneId zone = options.size() > 1 ? ZoneId.of(options.get(1)) : ZoneId.systemDefault();
            Locale locale = options.size() > 2
                    ? new Locale.Builder().setLanguageTag(options.get(2)).build()
                    : Locale.getDefault(Locale.Category.FORMAT);
            return DatePart.of(format, zone, locale);
        } catch (DateTimeException | IllegalArgumentException | IllformedLocaleException e) {
            throw pattern.fault(
                    at,
                    "'%d' has a fault: " + e.getMessage() + ".",
                    "Give a format of DateTimeFormatter, in quotes when it has commas, and maybe a zone such as UTC.");
        }
    }

    private Part logger(String length, int at) {
        if (length.isEmpty()) {
            return new LoggerPart(LoggerPart.WHOLE, Width.ANY);
        }
        if (!length.matches("\\d{1,4}")) {
            throw pattern.fault(at, "'" + length + "' is no length for a logger.", "Write a number as in %logger{39}.");
        }
        return new LoggerPart(Integer.parseInt(length), Width.ANY);
    }

    private Part keyValues(String quoting, int at) {
        String quote =
                switch (quoting.toUpperCase(Locale.ROOT)) {
                    case "", "DOUBLE" -> "\"";
                    case "SINGLE" -> "'";
                    case "NONE" -> "";
                    default ->
                        throw pattern.fault(
                                at, "'" + quoting + "' is no quoting for '%kvp'.", "Use DOUBLE, SINGLE or NONE.");
                };
        return new PairsPart(RecordPairs.ofKeyValues(), " ", quote);
    }

    private static Part context(String option) {
        if (option.isEmpty()) {
            return new PairsPart(RecordPairs.ofContext(), ", ", "");
        }
        int mark = option.indexOf(DEFAULT_VALUE_MARK);
        String key = mark < 0 ? option : option.substring(0, mark);
        String defaultValue = mark < 0 ? "" : option.substring(mark + DEFAULT_VALUE_MARK.length());
        return new ContextPart(key, defaultValue);
    }

    private Part correlationId(List<String> options, int at) {
        List<CorrelationIdPart.Id> ids = new ArrayList<>();
        for (String option : options) {
            Matcher id = CORRELATION_ID.matcher(option);
            if (!id.matches()) {
                throw pattern.fault(
                        at,
                        "'" + option + "' is no id with its length.",
                        "Write it as in %correlationId{traceId(32),spanId(16)}.");
            }
            ids.add(new CorrelationIdPart.Id(id.group(1), Integer.parseInt(id.group(2))));
        }
        return new CorrelationIdPart(ids);
    }

    private String single(String word, List<String> options, int at) {
        if (options.size() > 1) {
            throw pattern.fault(at, "'%" + word + "' takes one option.", "Put an option with commas in quotes.");
        }
        return options.isEmpty() ? "" : options.get(0);
    }

    private void refuse(String word, List<String> options, int at) {
        if (!options.isEmpty()) {
            throw pattern.fault(at, "'%" + word + "' takes no option.", "Write \\_{ to print a brace behind it.");
        }
    }
}
