package io.asynclog.demo.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A page of the documentation. */
record Markdown(Path path, String text) {
    static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private static final Pattern BLOCK =
            Pattern.compile("(?:<!-- snippet: (\\S+)#(\\S+) -->\\n)?```(\\w*)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)[^)]*\\)");
    private static final Pattern ANCHOR = Pattern.compile("\\]\\(([^)#\\s]*)#([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");

    /**
     * A block of code.
     *
     * @param source file it is taken from, or null
     * @param tag region of that file
     */
    record Block(String source, String tag, String language, String code) {}

    static Markdown of(String path) {
        return read(ROOT.resolve(path));
    }

    static List<Markdown> all() {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
                Stream<Path> top = Files.list(ROOT)) {
            return Stream.concat(docs, top)
                    .filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .map(Markdown::read)
                    .collect(Collectors.toList());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Markdown read(Path path) {
        try {
            return new Markdown(path, Files.readString(path));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (Matcher block = BLOCK.matcher(text); block.find(); ) {
            blocks.add(new Block(block.group(1), block.group(2), block.group(3), block.group(4)));
        }
        return blocks;
    }

    /** Returns the files that are linked to. */
    List<Path> links() {
        List<Path> links = new ArrayList<>();
        for (Matcher link = LINK.matcher(BLOCK.matcher(text).replaceAll("")); link.find(); ) {
            if (!link.group(1).contains("://")) {
                links.add(path.resolveSibling(link.group(1)));
            }
        }
        return links;
    }

    /** A link to a heading of a page. */
    record Anchor(Path page, String heading) {}

    /** Returns the headings of pages that are linked to. */
    List<Anchor> anchors() {
        List<Anchor> anchors = new ArrayList<>();
        for (Matcher link = ANCHOR.matcher(BLOCK.matcher(text).replaceAll("")); link.find(); ) {
            if (!link.group(1).contains("://")) {
                Path page = link.group(1).isEmpty() ? path : path.resolveSibling(link.group(1));
                anchors.add(new Anchor(page, link.group(2)));
            }
        }
        return anchors;
    }

    /** Returns the headings of a page as links name them: in small letters, with dashes between words. */
    static List<String> headings(Path page) {
        List<String> headings = new ArrayList<>();
        String prose = BLOCK.matcher(read(page).text()).replaceAll("");
        for (Matcher heading = HEADING.matcher(prose); heading.find(); ) {
            String words = heading.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", "");
            headings.add(words.replace(' ', '-'));
        }
        return headings;
    }

    /** Returns the cells of the rows of all tables of a section, without the heads of the tables. */
    List<List<String>> rows(String heading) {
        List<List<String>> rows = new ArrayList<>();
        String previous = "";
        for (String line : section(heading).lines().toList()) {
            boolean head = !previous.startsWith("|");
            previous = line;
            if (line.startsWith("|") && !head && !line.startsWith("|-")) {
                List<String> cells =
                        List.of(line.substring(1, line.length() - 1).split("(?<!\\\\)\\|"));
                rows.add(cells.stream().map(String::strip).collect(Collectors.toList()));
            }
        }
        return rows;
    }

    /** Returns the pieces in code font of a cell. */
    static List<String> codes(String cell) {
        List<String> codes = new ArrayList<>();
        for (Matcher code = CODE.matcher(cell); code.find(); ) {
            codes.add(code.group(1));
        }
        return codes;
    }

    private String section(String heading) {
        int begin = text.indexOf("\n## " + heading + "\n");
        if (begin < 0) {
            throw new IllegalArgumentException("There is no section '" + heading + "' in " + path);
        }
        int end = text.indexOf("\n## ", begin + 1);
        return end < 0 ? text.substring(begin) : text.substring(begin, end);
    }
}
