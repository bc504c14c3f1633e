package io.asynclog.layout;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** The colours of {@code %clr} and their ANSI codes, with the names that Spring Boot gives them. */
final class Colors {
    private static final List<String> BASE =
            List.of("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white");
    private static final Map<String, String> CODES = codes();
    private static final String ESCAPE = "\u001b[";
    private static final String RESET = ESCAPE + "0;39m";

    private Colors() {}

    /** Returns the ANSI code of a colour or style, or null when there is none of this name. */
    static @Nullable String code(String name) {
        return CODES.get(name.toLowerCase(Locale.ROOT));
    }

    /** Returns the names that {@link #code} knows. */
    static String names() {
        return String.join(", ", CODES.keySet());
    }

    /** Returns the part that switches codes on, or the colour of the level when there are none. */
    static LevelPart begin(List<String> codes) {
        if (!codes.isEmpty()) {
            return LevelPart.literal(ESCAPE + String.join(";", codes) + "m");
        }
        return LevelPart.of(level -> ESCAPE + CODES.get(nameOf(level)) + "m");
    }

    /** Returns the part that goes back to plain text. */
    static LevelPart end() {
        return LevelPart.literal(RESET);
    }

    private static String nameOf(Level level) {
        return switch (level) {
            case ERROR -> "red";
            case WARN -> "yellow";
            default -> "green";
        };
    }

    private static Map<String, String> codes() {
        Map<String, String> codes = new TreeMap<>();
        for (int i = 0; i < BASE.size(); i++) {
            codes.put(BASE.get(i), String.valueOf(30 + i));
            codes.put("bright_" + BASE.get(i), String.valueOf(90 + i));
            codes.put("bg_" + BASE.get(i), String.valueOf(40 + i));
            codes.put("bg_bright_" + BASE.get(i), String.valueOf(100 + i));
        }
        codes.put("bold", "1");
        codes.put("faint", "2");
        codes.put("italic", "3");
        codes.put("underline", "4");
        return codes;
    }
}
