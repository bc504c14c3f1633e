package io.asynclog.demo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.demo.DemoClient;
import io.asynclog.demo.DemoTest;
import io.asynclog.demo.docs.Markdown.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.annotation.DirtiesContext.ClassMode;

/** Runs the curl lines of the README, in their order, and expects the status behind each: {@code # 503}, or success. */
@DemoTest
@DirtiesContext(classMode = ClassMode.BEFORE_CLASS) // the README's orders are the first ones
class ReadmeCurlTest {
    private static final String HOST = "localhost:8080";
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    private static final Pattern STATUS = Pattern.compile("\\s+# (\\d{3})\\b.*");

    @Autowired
    private DemoClient demo;

    @AfterEach
    void mend() {
        demo.mend();
    }

    @Test
    void everyCurlLineAnswersAsItSays() {
        List<String> lines = curlLines();

        assertThat(lines).hasSizeGreaterThan(10);
        for (String line : lines) {
            Matcher status = STATUS.matcher(line);
            boolean told = status.find();
            DemoClient.Answer answer = run(told ? line.substring(0, status.start()) : line);
            assertThat(answer.status())
                    .as("%s: %s", line, answer.body())
                    .isBetween(
                            told ? Integer.parseInt(status.group(1)) : 200,
                            told ? Integer.parseInt(status.group(1)) : 299);
            if (line.contains("mode=none")) {
                demo.mend();
            }
        }
    }

    private static List<String> curlLines() {
        List<String> lines = new ArrayList<>();
        for (Block block : Markdown.of("README.md").blocks()) {
            if (block.language().equals("sh")) {
                block.code().lines().filter(line -> line.startsWith("curl ")).forEach(lines::add);
            }
        }
        return lines;
    }

    private DemoClient.Answer run(String line) {
        String method = "";
        String path = "";
        String json = "";
        List<String> words = words(line);
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

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        for (Matcher word = WORD.matcher(line); word.find(); ) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        return words;
    }
}
