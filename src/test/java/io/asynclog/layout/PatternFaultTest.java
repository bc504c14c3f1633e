package io.asynclog.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.asynclog.InvalidOptionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternFaultTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "%m %foo;4;Unknown word '%foo'",
                "%m%nfoo;3;Unknown word '%nfoo'",
                "%-5;1;No word follows the '%'",
                "%;1;No word follows the '%'",
                "ab %.;5;A number is missing in the width",
                "%-m;2;A number is missing in the width",
                "%-.5m;2;A number is missing in the width",
                "%5.m;2;A number is missing in the width",
                "%.-m;2;A number is missing in the width",
                "%12345m;2;This width is out of reason",
                "%m)x;3;This ')' closes no group",
                "x %(a;4;This '(' is not closed",
                "%clr(%m){;9;This '{' is not closed",
                "%d{;3;This '{' is not closed",
                "%d{HH:mm;3;This '{' is not closed",
                "%d{\"HH:mm};4;This quote is not closed",
                "%m{a};1;'%m' takes no option",
                "%n{a};1;'%n' takes no option",
                "%(a){b};5;A group takes no option",
                "%m(a);1;'%m' takes no group",
                "x%foo(a);2;Unknown word '%foo'",
                "%highlight(%p);1;'%highlight' is no colour here. Write %clr(...).",
                "%red(%p);1;'%red' is no colour here. Write %clr(...){red}.",
                "%ex{5};1;A trace is printed whole, not '5' of it. Write %ex, or %nopex for none.",
                "%wEx{short};1;A trace is printed whole, not 'short' of it",
                "%clr;1;'%clr' needs a group",
                "%clr{red};1;'%clr' needs a group",
                "%clr(x){purple};1;Unknown colour 'purple'",
                "x\\zy;2;A backslash escapes nothing here",
                "x\\;2;A backslash escapes nothing here",
                "%c{x};1;'x' is no length for a logger",
                "%c{-1};1;'-1' is no length for a logger",
                "%c{1,2};1;'%c' takes one option",
                "%X{a,b};1;'%X' takes one option",
                "%kvp{loud};1;'loud' is no quoting",
                "%d{yyyy-MM-dd HH:mm:ss,SSS};1;'%d' has a fault",
                "%d{HH:mm, Nowhere/City};1;'%d' has a fault",
                "%d{HH:mm, UTC, not a locale};1;'%d' has a fault",
                "%d{foo};1;'%d' has a fault",
                "%d{pHH:mm};1;'%d' has a fault: Cannot print as output of 2 characters exceeds pad width of 1",
                "%d{pd};1;'%d' has a fault",
                "%d{pM};1;'%d' has a fault",
                "%d{ppppppppMMMM, UTC, en};1;'%d' has a fault",
                "%m%correlationId{traceId};3;'traceId' is no id with its length",
                "%d{a, UTC, en, more};1;'%d' takes a format, a zone and a locale",
            })
    void faultIsToldWithItsPosition(String pattern, int character, String reason) {
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> new PatternLayout("file.pattern", pattern, true))
                .satisfies(fault -> {
                    assertThat(fault.option()).isEqualTo("file.pattern");
                    assertThat(fault.value()).isEqualTo(pattern);
                    assertThat(fault.reason() + " " + fault.action())
                            .startsWith("At character " + character + ": " + reason);
                    assertThat(fault.action()).isNotBlank();
                });
    }

    @Test
    void emptyPatternIsAFault() {
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> new PatternLayout("file.pattern", "", false));
    }
}
