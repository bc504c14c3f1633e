package io.asynclog.layout;

import io.asynclog.LogRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A row of parts in which neighbours that depend on the level only are joined into one. */
final class Parts {
    private final List<Part> parts = new ArrayList<>();

    void add(Part part) {
        int last = parts.size() - 1;
        if (last >= 0 && part instanceof LevelPart right && parts.get(last) instanceof LevelPart left) {
            parts.set(last, LevelPart.join(List.of(left, right), Width.ANY));
        } else {
            parts.add(part);
        }
    }

    void addAll(Parts others) {
        others.parts.forEach(this::add);
    }

    /** Adds parts that are fitted into a width together. */
    void addFitted(Parts group, Width width) {
        if (width.isAny()) {
            addAll(group);
        } else if (group.parts.isEmpty()) {
            add(LevelPart.literal(" ".repeat(width.min())));
        } else if (group.parts.size() == 1 && group.parts.get(0) instanceof LevelPart part) {
            add(LevelPart.join(List.of(part), width));
        } else if (group.parts.size() == 1 && group.parts.get(0) instanceof LoggerPart part && part.hasAnyWidth()) {
            add(part.fittedInto(width));
        } else if (group.parts.size() == 1 && group.parts.get(0) instanceof TextPart part && part.hasAnyWidth()) {
            add(part.fittedInto(width));
        } else {
            add(new FittedPart(group.parts.toArray(new Part[0]), width));
        }
    }

    /**
     * Returns the parts of a whole line, with those joined that are printed for an {@link OriginPart origin} at once.
     */
    Part[] toLine() {
        List<Part> line = new ArrayList<>();
        List<Part> run = new ArrayList<>();
        for (Part part : parts) {
            boolean fits = part.isOfOrigin()
                    || (part instanceof DatePart && run.stream().noneMatch(DatePart.class::isInstance));
            if (!fits) {
                addJoined(run, line);
                run.clear();
            }
            if (fits || part instanceof DatePart) {
                run.add(part);
            } else {
                line.add(part);
            }
        }
        addJoined(run, line);
        return line.toArray(new Part[0]);
    }

    /** Joins a run of parts, unless each of them is as cheap by itself. */
    private static void addJoined(List<Part> run, List<Part> line) {
        boolean named = run.stream().anyMatch(part -> part.isOfOrigin() && !(part instanceof LevelPart));
        if (named) {
            line.add(OriginPart.of(run));
        } else {
            line.addAll(run);
        }
    }

    /** Parts that are fitted into a width together. */
    private static final class FittedPart implements Part {
        private final Part[] parts;
        private final Width width;

        FittedPart(Part[] parts, Width width) {
            this.parts = parts;
            this.width = width;
        }

        @Override
        public void append(LogRecord record, ByteOutput out) {
            int from = out.length();
            for (Part part : parts) {
                part.append(record, out);
            }
            width.fit(out, from);
        }

        @Override
        public boolean isOfOrigin() {
            return Arrays.stream(parts).allMatch(Part::isOfOrigin);
        }
    }
}
