package io.asynclog.layout;

import java.util.ArrayList;
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
        } else if (group.parts.size() == 1 && group.parts.get(0) instanceof LoggerPart part) {
            add(part.fittedInto(width));
        } else if (group.parts.size() == 1 && group.parts.get(0) instanceof TextPart part) {
            add(part.fittedInto(width));
        } else {
            Part[] fitted = group.toArray();
            add((record, out) -> {
                int from = out.length();
                for (Part part : fitted) {
                    part.append(record, out);
                }
                width.fit(out, from);
            });
        }
    }

    Part[] toArray() {
        return parts.toArray(new Part[0]);
    }
}
