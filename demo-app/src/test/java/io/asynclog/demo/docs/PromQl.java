package io.asynclog.demo.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What an expression of Prometheus' query language names. Knows as much of the language as that takes: an identifier is
 * a label within braces and behind {@code by} and its kin, a function or keyword where it is known as one, else a
 * metric.
 */
final class PromQl {
    private static final Pattern TOKEN = Pattern.compile(
            "\"(?:[^\"\\\\]|\\\\.)*\"|\\[[^\\]]*\\]|[a-zA-Z_:][a-zA-Z0-9_:]*|[0-9.]+[a-z]*|=~|!~|!=|==|[^\\s]");
    private static final Pattern IDENTIFIER = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Set<String> LABEL_LISTS =
            Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "offset");

    private final List<String> tokens;
    private final List<Selector> selectors = new ArrayList<>();
    private final Set<String> labels = new TreeSet<>();
    private int at;

    /**
     * A metric with its matchers.
     *
     * @param metric its name
     */
    record Selector(String metric, List<Matcher> matchers) {}

    /** A condition on a label. */
    record Matcher(String label, String operator, String value) {
        /** Returns the values it names, none if it excludes them or has them from a variable of a dashboard. */
        List<String> values() {
            return operator.startsWith("!") || value.contains("$") ? List.of() : List.of(value.split("\\|"));
        }
    }

    private PromQl(String expression) {
        tokens = TOKEN.matcher(expression).results().map(MatchResult::group).toList();
    }

    static PromQl parse(String expression) {
        PromQl parsed = new PromQl(expression);
        while (parsed.at < parsed.tokens.size()) {
            parsed.next();
        }
        return parsed;
    }

    List<Selector> selectors() {
        return selectors;
    }

    /** Returns the labels that are grouped or joined by. */
    Set<String> labels() {
        return labels;
    }

    private void next() {
        String token = tokens.get(at++);
        if (!IDENTIFIER.matcher(token).matches() || OPERATORS.contains(token)) {
            return;
        }
        if (LABEL_LISTS.contains(token)) {
            readLabels();
        } else if (!peek().equals("(") && !LABEL_LISTS.contains(peek())) { // else a function or an aggregation
            selectors.add(new Selector(token, readMatchers()));
        }
    }

    private void readLabels() {
        expect("(");
        while (!peek().equals(")")) {
            String label = tokens.get(at++);
            if (!label.equals(",")) {
                labels.add(label);
            }
        }
        expect(")");
    }

    private List<Matcher> readMatchers() {
        List<Matcher> matchers = new ArrayList<>();
        if (!peek().equals("{")) {
            return matchers;
        }
        expect("{");
        while (!peek().equals("}")) {
            String label = tokens.get(at++);
            String operator = tokens.get(at++);
            String quoted = tokens.get(at++);
            matchers.add(new Matcher(label, operator, quoted.substring(1, quoted.length() - 1)));
            if (peek().equals(",")) {
                at++;
            }
        }
        expect("}");
        return matchers;
    }

    private String peek() {
        return at < tokens.size() ? tokens.get(at) : "";
    }

    private void expect(String token) {
        if (!peek().equals(token)) {
            throw new IllegalArgumentException("Expected " + token + " before token " + at + " of " + tokens);
        }
        at++;
    }
}
