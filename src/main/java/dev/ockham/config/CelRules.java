package dev.ockham.config;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelVariableResolver;
import dev.ockham.route.Expression;
import dev.ockham.route.Facts;
import dev.ockham.route.Facts.Fact;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads rules' conditions in CEL: checked against the types of {@link Facts}, and made plain
 * predicates where they say no more than comparisons do. Nothing of CEL is loaded in a gateway
 * without such conditions.
 */
final class CelRules {
  private static final int MOST_ITERATIONS = 1_000;
  private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '(\\w+)'.*");

  private static final Map<String, Fact> FACTS =
      Arrays.stream(Fact.values()).collect(Collectors.toMap(Fact::wireName, fact -> fact));

  private final CelCompiler compiler = compiler();

  @SuppressWarnings("InlineMeInliner") // its planner counts no iterations
  private final CelRuntime runtime =
      CelRuntimeFactory.legacyCelRuntimeBuilder().setOptions(options()).build();

  /** Made when the first condition is read, which takes half a second. */
  private static final class Shared {
    static final CelRules RULES = new CelRules();
  }

  /** What is wrong with a condition. */
  record Problem(int column, String expected) {}

  /** Every problem of a condition; none if it can be used. */
  static List<Problem> problems(String text) {
    return Shared.RULES.check(text);
  }

  /** Makes a condition of a text without problems. */
  static Expression expression(String text) {
    return Shared.RULES.compile(text);
  }

  /** As CEL evaluates it, to compare with. */
  static Expression unsimplified(String text) {
    try {
      return new Expression(
          text, Shared.RULES.evaluated(Shared.RULES.compiler.compile(text, "when").getAst()));
    } catch (CelValidationException | CelEvaluationException invalid) {
      throw new IllegalArgumentException("condition \"" + text + "\"", invalid);
    }
  }

  private List<Problem> check(String text) {
    CelValidationResult result = compiler.compile(text, "when");
    var problems = new ArrayList<Problem>();
    for (CelIssue issue : result.getErrors()) {
      int column = issue.getSourceLocation().getColumn();
      problems.add(new Problem(column + 1, explained(issue.getMessage(), text, column)));
    }
    return problems;
  }

  /** Of a name that does not exist, the whole name and one that is near. */
  private static String explained(String message, String text, int column) {
    Matcher undeclared = UNDECLARED.matcher(message);
    if (!undeclared.matches() || column < 0 || column > text.length()) {
      return message;
    }
    Matcher name = Pattern.compile("\\w+(\\.\\w+)*").matcher(text);
    String whole = name.find(column) ? name.group() : undeclared.group(1);
    List<String> known = Arrays.stream(Fact.values()).map(Fact::wireName).toList();
    return "a known name instead of " + whole + ShapeCheck.hint(whole, known);
  }

  private Expression compile(String text) {
    try {
      CelAbstractSyntaxTree tree = compiler.compile(text, "when").getAst();
      Optional<Expression.Condition> plain = PlainCondition.of(tree.getExpr());
      return new Expression(text, plain.isPresent() ? plain.get() : evaluated(tree));
    } catch (CelValidationException invalid) {
      throw new IllegalArgumentException("condition \"" + text + "\" was not checked", invalid);
    } catch (CelEvaluationException unplannable) {
      throw new IllegalStateException("condition \"" + text + "\"", unplannable);
    }
  }

  private Expression.Condition evaluated(CelAbstractSyntaxTree tree) throws CelEvaluationException {
    CelRuntime.Program program = runtime.createProgram(tree);
    return facts -> {
      try {
        return program.eval(named(facts)) instanceof Boolean holds && holds;
      } catch (CelEvaluationException unanswerable) {
        throw new Expression.Unanswerable(unanswerable);
      }
    };
  }

  /** Each fact is looked for when it is asked for: reading a text costs more than all rules. */
  private static CelVariableResolver named(Facts facts) {
    return name -> Optional.ofNullable(FACTS.get(name)).map(facts::get);
  }

  private static CelCompiler compiler() {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(options())
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setResultType(SimpleType.BOOL);
    for (Fact fact : Fact.values()) {
      builder.addVar(fact.wireName(), type(fact));
    }
    return builder.build();
  }

  private static CelOptions options() {
    return CelOptions.current().comprehensionMaxIterations(MOST_ITERATIONS).build();
  }

  private static CelType type(Fact fact) {
    return switch (fact.type()) {
      case BOOL -> SimpleType.BOOL;
      case INT -> SimpleType.INT;
      case DOUBLE -> SimpleType.DOUBLE;
      case STRING -> SimpleType.STRING;
      case STRINGS -> ListType.create(SimpleType.STRING);
    };
  }
}
