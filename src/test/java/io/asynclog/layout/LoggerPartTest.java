package io.asynclog.layout;

import static io.asynclog.layout.PatternLayoutTest.print;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected names are those of Logback's documentation and of Logback 1.5 itself. */
class LoggerPartTest {
    @ParameterizedTest
    @CsvSource({
        "0,mainPackage.sub.sample.Bar,Bar",
        "1,mainPackage.sub.sample.Bar,m.s.s.Bar",
        "5,mainPackage.sub.sample.Bar,m.s.s.Bar",
        "10,mainPackage.sub.sample.Bar,m.s.s.Bar",
        "14,mainPackage.sub.sample.Bar,m.s.sample.Bar",
        "15,mainPackage.sub.sample.Bar,m.s.sample.Bar",
        "16,mainPackage.sub.sample.Bar,m.sub.sample.Bar",
        "20,mainPackage.sub.sample.Bar,m.sub.sample.Bar",
        "26,mainPackage.sub.sample.Bar,m.sub.sample.Bar",
        "27,mainPackage.sub.sample.Bar,mainPackage.sub.sample.Bar",
        "25,com.example.orders.OrderService,c.e.orders.OrderService",
        "30,com.example.orders.OrderService,c.example.orders.OrderService",
        "39,org.springframework.boot.web.embedded.tomcat.TomcatWebServer,o.s.b.w.embedded.tomcat.TomcatWebServer",
        "39,com.averyveryverylongpackage.another.AVeryLongClassNameThatExceedsTheLimitOfThirtyNine,"
                + "c.a.a.AVeryLongClassNameThatExceedsTheLimitOfThirtyNine",
        "0,Plain,Plain",
        "1,Plain,Plain",
        "0,.x,x",
        "1,.x,.x",
        "0,a.,''",
        "1,a.,a.",
        "0,a..b,b",
        "1,a..b,a..b",
    })
    void nameIsAbbreviatedFromTheLeft(int length, String name, String expected) {
        assertThat(print("%c{" + length + "}", new FakeRecord().logger(name))).isEqualTo(expected);
    }

    @Test
    void moreNamesThanTheCacheHoldsAllComeOutRight() {
        PatternLayout layout = new PatternLayout("test", "%-8.8c{1}|", false);
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 2000; i++) {
                FakeRecord record = new FakeRecord().logger("package.of.Class" + i);

                assertThat(print(layout, record))
                        .isEqualTo(("p.o.Class" + i).substring(("p.o.Class" + i).length() - 8) + "|");
            }
        }
    }

    @Test
    void namesTooLongForTheCacheComeOutRight() {
        PatternLayout layout = new PatternLayout("test", "%c{0}", false);
        String longName = "a.".repeat(1000) + "End";

        assertThat(print(layout, new FakeRecord().logger(longName))).isEqualTo("End");
        assertThat(print(layout, new FakeRecord().logger(longName))).isEqualTo("End");
        assertThat(print(layout, new FakeRecord().logger(""))).isEmpty();
    }
}
