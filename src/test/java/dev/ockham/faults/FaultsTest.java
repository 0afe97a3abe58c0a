package dev.ockham.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.faults.Fault.Try;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Every fault of the list, through the real gateway, over HTTP; and the page that shows them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class FaultsTest {
  private static final Path PAGE = Path.of("docs", "faults.md");

  @TempDir static Path folder;

  private final List<Fault> faults = FaultList.all();
  private final FaultsPage page = new FaultsPage();
  private World world;

  @BeforeAll
  void start() {
    world = new World(folder);
  }

  @AfterAll
  void stop() {
    world.close();
  }

  @TestFactory
  @Order(1)
  Stream<DynamicNode> each_fault_ends_as_promised() {
    return faults.stream()
        .filter(fault -> !fault.tries().isEmpty())
        .map(fault -> {
          var tests = new ArrayList<DynamicNode>();
          for (Try one : fault.tries()) {
            tests.add(
                DynamicTest.dynamicTest(
                    one.name(), () -> page.seen(fault, one, one.trial().run(world))));
          }
          return DynamicContainer.dynamicContainer(fault.number() + " " + fault.what(), tests);
        });
  }

  @Test
  @Order(2)
  void tests_that_the_page_names_exist() {
    for (Fault fault : faults) {
      assertThat(fault.tries().size() + fault.heldBy().size()).as(fault.number()).isPositive();
      for (String test : fault.heldBy()) {
        Path source = Path.of("src/test/java", test.replace('.', '/') + ".java");
        assertThat(source).as("held by, for " + fault.number()).exists();
      }
    }
  }

  @Test
  @Order(3)
  void the_page_in_docs_shows_this_run() throws IOException {
    String now = page.of(faults);
    if (System.getenv("FAULTS_WRITE") != null) {
      Files.writeString(PAGE, now);
    }
    assertThat(Files.readString(PAGE))
        .as("make it anew: FAULTS_WRITE=yes ./mvnw test -Dtest=FaultsTest")
        .isEqualTo(now);
  }
}
