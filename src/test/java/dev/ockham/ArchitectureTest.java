package dev.ockham;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.reflect.RecordComponent;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the house that compiled classes can tell; {@link SourceRulesTest} has the others.
 */
@AnalyzeClasses(packages = "dev.ockham", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final Set<String> PURE_PACKAGES =
      Set.of(
          "java.lang",
          "java.lang.annotation",
          "java.lang.invoke",
          "java.lang.runtime",
          "java.math",
          "java.text",
          "java.nio",
          "java.nio.charset",
          "org.jspecify.annotations");

  /** A hash is a calculation too. */
  private static final Set<String> PURE_CLASSES =
      Set.of("java.security.MessageDigest", "java.security.NoSuchAlgorithmException");

  private static final Set<String> JOURNAL_PACKAGES =
      Set.of("java.lang.foreign", "java.nio.channels", "java.nio.file", "java.nio.file.attribute");

  private static final Set<String> JOURNAL_CLASSES =
      Set.of("java.io.IOException", "java.io.UncheckedIOException", "java.io.Closeable");

  @ArchTest
  static final ArchRule PURE_ROOMS_USE_AN_ALLOW_LIST =
      classes()
          .should(dependOnlyOn("values and calculations, in pure rooms", ArchitectureTest::isPure))
          .because("what decides takes values and gives values: it can be tested and replayed");

  @ArchTest
  static final ArchRule THE_LEDGER_ADDS_ONLY_ITS_JOURNAL_FILE =
      classes()
          .should(dependOnlyOn("values and its file, in the ledger", ArchitectureTest::isLedgers))
          .because("money must be right without a framework, a database or a network");

  @ArchTest
  static final ArchRule ROOMS_KNOW_ONLY_THE_ROOMS_BELOW_THEM =
      classes()
          .should(dependOnlyOn("rooms it has an arrow to, see Rooms", ArchitectureTest::hasArrow))
          .because("a room that knows little can be read, tested and changed alone");

  @ArchTest
  static final ArchRule ROOMS_HAVE_NO_CYCLES =
      slices()
          .matching("dev.ockham.(*)..")
          .should()
          .beFreeOfCycles()
          .because("rooms in a cycle are one room");

  @ArchTest
  static final ArchRule CLOCK_AND_CHANCE_ARE_PARAMETERS =
      classes()
          .that()
          .resideOutsideOfPackage("dev.ockham.config..")
          .and()
          .doNotHaveFullyQualifiedName("dev.ockham.Main")
          .should(notAccess("the clock, chance or the environment", ArchitectureTest::isAmbient))
          .because("with time and chance passed in, every run can be made again");

  @ArchTest
  static final ArchRule DATABASES_LIVE_IN_THE_STORE =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.ockham.store..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql..",
              "javax.sql..",
              "org.sqlite..",
              "com.zaxxer..",
              "org.jdbi..",
              "org.flywaydb..")
          .because("a database call blocks, and nothing may block an event loop");

  @ArchTest
  static final ArchRule THE_NETWORK_LIVES_AT_THE_EDGE =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.ockham",
              "dev.ockham.provider..",
              "dev.ockham.serve..",
              "dev.ockham.console..",
              "dev.ockham.demo..",
              "dev.ockham.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", "io.netty..", "java.net.http..")
          .because("one framework at the edge can be changed; one everywhere cannot");

  @ArchTest
  static final ArchRule STATIC_FIELDS_ARE_FINAL =
      fields()
          .that()
          .areStatic()
          .should()
          .beFinal()
          .because("state that everybody shares and can change has no owner");

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_A_THING_IS =
      noClasses()
          .should()
          .haveNameMatching(".*(Manager|Utils?|Helper|Impl|Base|Processor)")
          .because("a name that fits anything attracts everything");

  @ArchTest
  static final ArchRule CLASSES_ARE_FINAL_SEALED_OR_ABSTRACT =
      classes()
          .that()
          .areTopLevelClasses()
          .and()
          .areNotInterfaces()
          .and()
          .areNotEnums()
          .should(beFinalOrMeantForMore())
          .because("what was not made to be extended is not extended");

  @ArchTest
  static final ArchRule NOTHING_IS_INJECTED_GENERATED_OR_FAKED =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "javax.inject..",
              "jakarta..",
              "com.google.inject..",
              "org.springframework..",
              "lombok..",
              "org.mockito..",
              "org.easymock..")
          .because("what is built by hand in Main can be read there");

  @ArchTest
  static final ArchRule ABSENCE_IN_A_RECORD_IS_A_TYPE =
      classes()
          .that()
          .areRecords()
          .should(haveNoNullableComponent())
          .because("the compiler does not see null in a component that a pattern takes apart");

  private static boolean isPure(Dependency dependency) {
    return !Rooms.PURE.contains(room(dependency.getOriginClass()))
        || isPlain(target(dependency))
        || Rooms.PURE.contains(room(target(dependency)));
  }

  private static boolean isLedgers(Dependency dependency) {
    JavaClass target = target(dependency);
    return !room(dependency.getOriginClass()).equals("ledger")
        || isPlain(target)
        || Rooms.PURE.contains(room(target))
        || room(target).equals("ledger")
        || JOURNAL_PACKAGES.contains(target.getPackageName())
        || JOURNAL_CLASSES.contains(target.getName());
  }

  private static boolean hasArrow(Dependency dependency) {
    JavaClass target = target(dependency);
    return !target.getPackageName().startsWith("dev.ockham")
        || Rooms.mayKnow(room(dependency.getOriginClass()), room(target));
  }

  private static boolean isPlain(JavaClass target) {
    String name = target.getPackageName();
    return target.isPrimitive()
        || PURE_PACKAGES.contains(name)
        || PURE_CLASSES.contains(target.getName())
        || (name + ".").startsWith("java.util.")
        || (name + ".").startsWith("java.time.");
  }

  /** Reads what a caller did not give: the time, chance, the environment. */
  private static boolean isAmbient(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String name = access.getName();
    return switch (owner) {
      case "java.lang.System" ->
          Set.of("currentTimeMillis", "nanoTime", "getenv", "getProperty", "getProperties")
              .contains(name);
      case "java.time.Clock" -> name.startsWith("system") || name.startsWith("tick");
      case "java.time.InstantSource" -> name.equals("system");
      case "java.util.UUID" -> name.equals("randomUUID");
      case "java.lang.Math" -> name.equals("random");
      case "java.util.Random", "java.security.SecureRandom" ->
          name.equals("<init>") && access.getTarget().getFullName().endsWith("()");
      case "java.util.random.RandomGenerator" -> name.equals("getDefault") || name.equals("of");
      case "java.util.concurrent.ThreadLocalRandom" -> true;
      default -> owner.startsWith("java.time.") && name.equals("now");
    };
  }

  private static String room(JavaClass type) {
    return Rooms.of(type.getPackageName());
  }

  private static JavaClass target(Dependency dependency) {
    return dependency.getTargetClass().getBaseComponentType();
  }

  private static ArchCondition<JavaClass> dependOnlyOn(String what, Predicate<Dependency> allowed) {
    return new ArchCondition<>("depend only on " + what) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
          if (!allowed.test(dependency)) {
            events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
          }
        }
      }
    };
  }

  private static ArchCondition<JavaClass> notAccess(
      String what, Predicate<JavaAccess<?>> forbidden) {
    return new ArchCondition<>("not read " + what) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (JavaAccess<?> access : type.getAccessesFromSelf()) {
          if (forbidden.test(access) && !Exceptions.allow("ambient", type.getSimpleName())) {
            events.add(SimpleConditionEvent.violated(access, access.getDescription()));
          }
        }
      }
    };
  }

  private static ArchCondition<JavaClass> beFinalOrMeantForMore() {
    return new ArchCondition<>("be final, sealed or abstract") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean closed =
            type.getModifiers().contains(JavaModifier.FINAL)
                || type.getModifiers().contains(JavaModifier.ABSTRACT)
                || type.reflect().isSealed()
                || type.getSimpleName().equals("package-info");
        if (!closed) {
          events.add(SimpleConditionEvent.violated(type, type.getName() + " is open"));
        }
      }
    };
  }

  private static ArchCondition<JavaClass> haveNoNullableComponent() {
    return new ArchCondition<>("have no @Nullable component") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (RecordComponent component : type.reflect().getRecordComponents()) {
          if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            String message = type.getName() + "." + component.getName() + " is @Nullable";
            events.add(SimpleConditionEvent.violated(type, message));
          }
        }
      }
    };
  }
}
