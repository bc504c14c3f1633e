package io.asynclog.layout;

/**
 * The least and the greatest width of a piece of text, in characters (Unicode code points).
 *
 * @param min narrower text is padded with blanks
 * @param max wider text is cut
 * @param padLeft whether the blanks come before the text
 * @param cutLeft whether the beginning of the text is cut off, not its end
 */
record Width(int min, int max, boolean padLeft, boolean cutLeft) {
    static final Width ANY = new Width(0, Integer.MAX_VALUE, true, true);

    /** Fits what was appended since {@code from} into this width. */
    void fit(ByteOutput out, int from) {
        if (isAny()) {
            return;
        }
        int characters = characters(out.array(), from, out.length());
        if (characters > max) {
            int kept = cutLeft ? characters - max : max;
            int cutAt = skip(out.array(), from, out.length(), kept);
            if (cutLeft) {
                out.remove(from, cutAt - from);
            } else {
                out.truncate(cutAt);
            }
        } else if (characters < min) {
            if (padLeft) {
                out.insertBlanks(from, min - characters);
            } else {
                out.appendBlanks(min - characters);
            }
        }
    }

    boolean isAny() {
        return min == 0 && max == Integer.MAX_VALUE;
    }

    private static int characters(byte[] bytes, int from, int to) {
        if (Controls.isPrintableAscii(bytes, from, to)) {
            return to - from;
        }
        int count = 0;
        for (int i = from; i < to; i++) {
            count += isContinuation(bytes[i]) ? 0 : 1;
        }
        return count;
    }

    /** Returns where the text goes on after some of its characters, of which there are enough. */
    private static int skip(byte[] bytes, int from, int to, int characters) {
        int at = from;
        for (int left = characters; left > 0; left--) {
            at++;
            while (at < to && isContinuation(bytes[at])) {
                at++;
            }
        }
        return at;
    }

    private static boolean isContinuation(byte b) {
        return (b & 0xc0) == 0x80;
    }
}
