package io.asynclog.demo.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.demo.DemoClient;
import io.asynclog.demo.DemoTest;
import io.asynclog.demo.docs.Markdown.Block;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.PropertiesPropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;

/** Starts the demo with the health groups that docs/guide.md shows, and asks them while a sink is stuck. */
@DemoTest
@ContextConfiguration(initializers = HealthGroupTest.GroupsOfTheGuide.class)
@DirtiesContext // nobody else has these groups
class HealthGroupTest {
    @Autowired
    private DemoClient demo;

    @Test
    void aStuckSinkIsSeenAtTheRootAndTakesNoTrafficAway() {
        demo.setFault("hang");
        demo.placeOrder();

        await().atMost(Duration.ofSeconds(30))
                .until(() -> demo.get("/actuator/health").status() == 503);
        DemoClient.Answer traffic = demo.get("/actuator/health/traffic");
        assertThat(traffic.status()).isEqualTo(200);
        assertThat(traffic.members("$.components")).containsKeys("asynclog", "diskSpace");
        assertThat(traffic.members("$.components.asynclog.components")).containsOnlyKeys("buffer");
        DemoClient.Answer readiness = demo.get("/actuator/health/readiness");
        assertThat(readiness.status()).isEqualTo(200);
        assertThat(readiness.members("$.components.asynclog.components")).containsOnlyKeys("buffer");
    }

    static final class GroupsOfTheGuide implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            for (Block block : Markdown.of("docs/guide.md").blocks()) {
                if (block.language().equals("yaml") && block.code().contains("group:")) {
                    YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
                    yaml.setResources(new ByteArrayResource(block.code().getBytes(StandardCharsets.UTF_8)));
                    context.getEnvironment()
                            .getPropertySources()
                            .addFirst(new PropertiesPropertySource(
                                    block.code(), Objects.requireNonNull(yaml.getObject())));
                }
            }
        }
    }
}
