package io.asynclog.demo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.demo.DemoClient;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line of the documentation that calls curl, and the status it is followed by: {@code # 503}, or success. */
record CurlLine(String line) {
    private static final String HOST = "localhost:8080";
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    private static final Pattern STATUS = Pattern.compile("\\s+# (\\d{3})\\b.*");

    /** Returns the lines of a block, in their order. */
    static List<CurlLine> of(Markdown.Block block) {
        return block.code()
                .lines()
                .filter(line -> line.startsWith("curl "))
                .map(CurlLine::new)
                .toList();
    }

    /** Does what curl would do, and expects the status. */
    DemoClient.Answer run(DemoClient demo) {
        Matcher status = STATUS.matcher(line);
        boolean told = status.find();
        DemoClient.Answer answer = send(demo, told ? line.substring(0, status.start()) : line);
        assertThat(answer.status())
                .as("%s: %s", line, answer.body())
                .isBetween(
                        told ? Integer.parseInt(status.group(1)) : 200, told ? Integer.parseInt(status.group(1)) : 299);
        return answer;
    }

    private static DemoClient.Answer send(DemoClient demo, String command) {
        String method = "";
        String path = "";
        String json = "";
        List<String> words = words(command);
        for (int i = 1; i < words.size(); i++) {
            switch (words.get(i)) {
                case "-X" -> method = words.get(++i);
                case "-H" -> assertThat(words.get(++i)).isEqualTo("Content-Type: application/json");
                case "-d" -> json = words.get(++i);
                default -> {
                    assertThat(words.get(i)).startsWith(HOST + "/");
                    path = words.get(i).substring(HOST.length());
                }
            }
        }
        String usual = json.isEmpty() ? "GET" : "POST";
        return demo.send(method.isEmpty() ? usual : method, path, json);
    }

    private static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        for (Matcher word = WORD.matcher(command); word.find(); ) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        return words;
    }
}
