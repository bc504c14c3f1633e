package io.asynclog.layout;

import java.util.ArrayList;
import java.util.List;

/** Reads a pattern from left to right and makes its parts. */
final class PatternParser {
    private static final String COLOR_WORD = "clr";
    private static final int MAX_WIDTH_DIGITS = 4;

    private final PatternText pattern;
    private final String text;
    private final PatternWords words;
    private final boolean colored;
    private int at;

    PatternParser(PatternText pattern, boolean colored) {
        this.pattern = pattern;
        text = pattern.text();
        words = new PatternWords(pattern);
        this.colored = colored;
    }

    /** Returns the parts of the whole pattern, with the exception at the end when no word says where it goes. */
    Part[] parse() {
        Parts parts = new Parts();
        readInto(parts);
        if (at < text.length()) {
            throw pattern.fault(at, "This ')' closes no group.", "Write \\) to print it.");
        }
        if (!words.hasExceptionWord()) {
            parts.add(new ExceptionPart(false));
        }
        return parts.toLine();
    }

    /** Reads up to a closing parenthesis or the end of the pattern. */
    private void readInto(Parts parts) {
        StringBuilder literal = new StringBuilder();
        while (at < text.length() && text.charAt(at) != ')') {
            char c = text.charAt(at);
            if (c == '%' && !isAt(at + 1, '%')) {
                addLiteral(parts, literal);
                readConversion(parts);
            } else if (c == '\\') {
                literal.append(readEscape());
            } else {
                literal.append(c);
                at += c == '%' ? 2 : 1;
            }
        }
        addLiteral(parts, literal);
    }

    private static void addLiteral(Parts parts, StringBuilder literal) {
        if (literal.length() > 0) {
            parts.add(LevelPart.literal(literal.toString()));
            literal.setLength(0);
        }
    }

    private String readEscape() {
        int begin = at;
        at += 2;
        char c = at <= text.length() ? text.charAt(begin + 1) : ' ';
        return switch (c) {
            case '%', '(', ')', '{', '}', '\\' -> String.valueOf(c);
            case 't' -> "\t";
            case 'n' -> "\n";
            case 'r' -> "\r";
            case '_' -> ""; // ends a word where letters follow
            default ->
                throw pattern.fault(
                        begin,
                        "A backslash escapes nothing here.",
                        "Write \\\\ to print it; \\%, \\(, \\), \\{, \\}, \\t, \\n, \\r and \\_ are the others.");
        };
    }

    /** Reads what a percent sign begins: a width, then a group or a word with its options. */
    private void readConversion(Parts parts) {
        int begin = at++;
        Width width = readWidth();
        String word = readWord();
        boolean grouped = isAt(at, '(');
        if (word.isEmpty() && !grouped) {
            throw pattern.fault(begin, "No word follows the '%'.", "Write \\% to print it.");
        }
        Parts content = new Parts();
        if (word.equals(COLOR_WORD)) {
            readColored(begin, content);
        } else if (grouped && !word.isEmpty()) {
            throw words.groupFault(word, begin);
        } else if (grouped) {
            readGroup(content);
            refuseOptions();
        } else {
            content.add(words.part(word, readOptions(), begin));
        }
        parts.addFitted(content, width);
    }

    private void readGroup(Parts content) {
        int begin = at++;
        readInto(content);
        if (at == text.length()) {
            throw pattern.fault(begin, "This '(' is not closed.", "Add the ')' that closes the group.");
        }
        at++;
    }

    private void refuseOptions() {
        if (isAt(at, '{')) {
            throw pattern.fault(at, "A group takes no option.", "Write \\{ to print the brace.");
        }
    }

    private void readColored(int begin, Parts content) {
        if (!isAt(at, '(')) {
            throw pattern.fault(begin, "'%clr' needs a group.", "Write it as %clr(...){colour}.");
        }
        Parts group = new Parts();
        readGroup(group);
        List<String> codes = words.colorCodes(readOptions(), begin);
        if (colored) {
            content.add(Colors.begin(codes));
        }
        content.addAll(group);
        if (colored) {
            content.add(Colors.end());
        }
    }

    /** Reads {@code [-]min[.[-]max]}. */
    private Width readWidth() {
        int begin = at;
        boolean padLeft = !skip('-');
        int min = readNumber();
        if (!skip('.')) {
            if (min < 0 && !padLeft) {
                throw widthFault(begin);
            }
            return min < 0 ? Width.ANY : new Width(min, Integer.MAX_VALUE, padLeft, true);
        }
        boolean cutLeft = !skip('-');
        int max = readNumber();
        if (max < 0 || (min < 0 && !padLeft)) {
            throw widthFault(begin);
        }
        return new Width(Math.max(0, min), max, padLeft, cutLeft);
    }

    private RuntimeException widthFault(int begin) {
        return pattern.fault(
                begin, "A number is missing in the width.", "Write it as in %5p, %-5p, %.30c, %.-30c or %-20.30c.");
    }

    /** Reads a number, or returns -1 when there is none. */
    private int readNumber() {
        int begin = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at - begin > MAX_WIDTH_DIGITS) {
            throw pattern.fault(begin, "This width is out of reason.", "Choose a width below 10000.");
        }
        return at == begin ? -1 : Integer.parseInt(text.substring(begin, at));
    }

    private String readWord() {
        int begin = at;
        if (at < text.length() && Character.isJavaIdentifierStart(text.charAt(at))) {
            while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
                at++;
            }
        }
        return text.substring(begin, at);
    }

    /** Reads options in braces, divided by commas; an option in quotes may hold commas and braces. */
    private List<String> readOptions() {
        List<String> options = new ArrayList<>();
        if (!isAt(at, '{')) {
            return options;
        }
        int begin = at++;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '}') {
                at++;
                return options;
            } else if (c == ',' || Character.isWhitespace(c)) {
                at++;
            } else if (c == '"' || c == '\'') {
                options.add(readQuoted(c));
            } else {
                options.add(readUnquoted());
            }
        }
        throw pattern.fault(begin, "This '{' is not closed.", "Add the '}' that closes the options.");
    }

    private String readQuoted(char quote) {
        int begin = at++;
        StringBuilder option = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            if (text.charAt(at) == '\\' && isAt(at + 1, quote)) {
                at++;
            }
            option.append(text.charAt(at++));
        }
        if (at == text.length()) {
            throw pattern.fault(begin, "This quote is not closed.", "Add the closing quote.");
        }
        at++;
        return option.toString();
    }

    private String readUnquoted() {
        int begin = at;
        int depth = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (depth == 0 && (c == ',' || c == '}')) {
                break;
            }
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            at++;
        }
        return text.substring(begin, at).trim();
    }

    private boolean skip(char expected) {
        boolean found = isAt(at, expected);
        at += found ? 1 : 0;
        return found;
    }

    private boolean isAt(int index, char expected) {
        return index < text.length() && text.charAt(index) == expected;
    }
}
