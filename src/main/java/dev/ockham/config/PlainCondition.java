package dev.ockham.config;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.ockham.route.Expression;
import dev.ockham.route.Facts;
import dev.ockham.route.Facts.Fact;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Plain predicates in place of expressions that compare facts with constants and each other, with
 * {@code &&}, {@code ||}, {@code !} and {@code in}: a hundred of them cost microseconds. The
 * expression is known to be well typed, so a cast cannot fail.
 */
final class PlainCondition {
  private PlainCondition() {}

  /** The value of a part of an expression. */
  private interface Term {
    Object of(Facts facts);
  }

  /** Empty where an expression says more. */
  static Optional<Expression.Condition> of(CelExpr expression) {
    return truth(expression).map(test -> test::holds);
  }

  /** A condition that always has an answer. */
  private interface Test {
    boolean holds(Facts facts);
  }

  private static Optional<Test> truth(CelExpr expression) {
    if (expression.getKind() == ExprKind.Kind.CALL) {
      return call(expression.call());
    }
    return term(expression).map(term -> facts -> (Boolean) term.of(facts));
  }

  private static Optional<Test> call(CelExpr.CelCall call) {
    if (call.target().isPresent()) {
      return ofText(call.function(), call.target().get(), call.args());
    }
    List<CelExpr> parts = call.args();
    return switch (call.function()) {
      case "!_" -> truth(parts.getFirst()).map(test -> facts -> !test.holds(facts));
      case "_&&_" -> both(parts, (left, right) -> facts -> left.holds(facts) && right.holds(facts));
      case "_||_" -> both(parts, (left, right) -> facts -> left.holds(facts) || right.holds(facts));
      case "_==_" -> compared(parts, (left, right) -> facts -> equal(left, right, facts));
      case "_!=_" -> compared(parts, (left, right) -> facts -> !equal(left, right, facts));
      case "_<_" -> ordered(parts, order -> order < 0);
      case "_<=_" -> ordered(parts, order -> order <= 0);
      case "_>_" -> ordered(parts, order -> order > 0);
      case "_>=_" -> ordered(parts, order -> order >= 0);
      case "@in" -> contained(parts);
      default -> Optional.empty();
    };
  }

  private static Optional<Test> ofText(String function, CelExpr text, List<CelExpr> parts) {
    if (parts.size() != 1) {
      return Optional.empty();
    }
    List<CelExpr> both = List.of(text, parts.getFirst());
    return switch (function) {
      case "startsWith" ->
          compared(both, (l, r) -> facts -> text(l, facts).startsWith(text(r, facts)));
      case "endsWith" -> compared(both, (l, r) -> facts -> text(l, facts).endsWith(text(r, facts)));
      case "contains" -> compared(both, (l, r) -> facts -> text(l, facts).contains(text(r, facts)));
      default -> Optional.empty();
    };
  }

  private static String text(Term term, Facts facts) {
    return (String) term.of(facts);
  }

  private interface Joined<T> {
    Test with(T left, T right);
  }

  private static Optional<Test> both(List<CelExpr> parts, Joined<Test> join) {
    Optional<Test> left = truth(parts.get(0));
    Optional<Test> right = truth(parts.get(1));
    return left.isPresent() && right.isPresent()
        ? Optional.of(join.with(left.get(), right.get()))
        : Optional.empty();
  }

  private static Optional<Test> compared(List<CelExpr> parts, Joined<Term> join) {
    Optional<Term> left = term(parts.get(0));
    Optional<Term> right = term(parts.get(1));
    return left.isPresent() && right.isPresent()
        ? Optional.of(join.with(left.get(), right.get()))
        : Optional.empty();
  }

  private static boolean equal(Term left, Term right, Facts facts) {
    Object value = left.of(facts);
    Object other = right.of(facts);
    return (value instanceof Double number && other instanceof Double second)
        ? number.doubleValue() == second.doubleValue()
        : value.equals(other);
  }

  /** Numbers only: strings are ordered otherwise in CEL than in Java. */
  private static Optional<Test> ordered(List<CelExpr> parts, IntPredicate order) {
    if (!isNumber(parts.get(0)) || !isNumber(parts.get(1))) {
      return Optional.empty();
    }
    return compared(
        parts,
        (left, right) ->
            facts -> {
              Object value = left.of(facts);
              return order.test(
                  value instanceof Long whole
                      ? Long.compare(whole, (Long) right.of(facts))
                      : Double.compare((Double) value, (Double) right.of(facts)));
            });
  }

  private static boolean isNumber(CelExpr expression) {
    if (expression.getKind() == ExprKind.Kind.CONSTANT) {
      CelConstant.Kind kind = expression.constant().getKind();
      return kind == CelConstant.Kind.INT64_VALUE || kind == CelConstant.Kind.DOUBLE_VALUE;
    }
    return fact(expression)
        .filter(fact -> fact.type() == Facts.Type.INT || fact.type() == Facts.Type.DOUBLE)
        .isPresent();
  }

  private static Optional<Test> contained(List<CelExpr> parts) {
    Optional<Term> value = term(parts.get(0));
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Optional<Fact> list = fact(parts.get(1));
    if (list.isPresent()) {
      return Optional.of(
          facts -> ((List<?>) facts.get(list.get())).contains(value.get().of(facts)));
    }
    return constants(parts.get(1)).map(all -> facts -> all.contains(value.get().of(facts)));
  }

  private static Optional<Set<Object>> constants(CelExpr expression) {
    if (expression.getKind() != ExprKind.Kind.LIST) {
      return Optional.empty();
    }
    var values = new HashSet<Object>();
    for (CelExpr element : expression.list().elements()) {
      if (element.getKind() != ExprKind.Kind.CONSTANT) {
        return Optional.empty();
      }
      Optional<Object> value = constant(element.constant());
      if (value.isEmpty() || value.get() instanceof Double) {
        return Optional.empty();
      }
      values.add(value.get());
    }
    return Optional.of(values);
  }

  private static Optional<Term> term(CelExpr expression) {
    Optional<Fact> fact = fact(expression);
    if (fact.isPresent()) {
      return fact.map(known -> facts -> facts.get(known));
    }
    return expression.getKind() == ExprKind.Kind.CONSTANT
        ? constant(expression.constant()).map(value -> facts -> value)
        : Optional.empty();
  }

  private static Optional<Object> constant(CelConstant constant) {
    return switch (constant.getKind()) {
      case BOOLEAN_VALUE -> Optional.of(constant.booleanValue());
      case INT64_VALUE -> Optional.of(constant.int64Value());
      case DOUBLE_VALUE -> Optional.of(constant.doubleValue());
      case STRING_VALUE -> Optional.of(constant.stringValue());
      default -> Optional.empty();
    };
  }

  private static Optional<Fact> fact(CelExpr expression) {
    if (expression.getKind() != ExprKind.Kind.IDENT) {
      return Optional.empty();
    }
    for (Fact fact : Fact.values()) {
      if (fact.wireName().equals(expression.ident().name())) {
        return Optional.of(fact);
      }
    }
    return Optional.empty();
  }
}
