package dev.ockham;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * One file of ours as it is written.
 *
 * @param code its text without comments and string contents
 */
record SourceFile(Path path, int lines, String code, List<Method> methods, List<TopLevel> types) {
  static final Path MAIN = Path.of("src", "main", "java");
  static final Path TEST = Path.of("src", "test", "java");

  /**
   * @param lines from its first modifier to its last brace
   * @param fixed whether its parameters are those of a record or an overridden method
   */
  record Method(String name, int lines, int parameters, boolean fixed) {}

  /** A top-level type. */
  record TopLevel(String name, boolean isPublic) {}

  String name() {
    return path.getFileName().toString();
  }

  /** All files under a folder, parsed by the compiler itself. */
  static List<SourceFile> under(Path root) throws IOException {
    List<Path> paths;
    try (Stream<Path> all = Files.walk(root)) {
      paths = all.filter(p -> p.toString().endsWith(".java")).sorted().toList();
    }
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
      var units = files.getJavaFileObjectsFromPaths(paths);
      var task = (JavacTask) compiler.getTask(null, files, null, null, null, units);
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      var sources = new ArrayList<SourceFile>();
      for (CompilationUnitTree unit : task.parse()) {
        sources.add(of(unit, positions));
      }
      return sources;
    }
  }

  private static SourceFile of(CompilationUnitTree unit, SourcePositions positions) {
    Path path = Path.of(unit.getSourceFile().getName());
    var methods = new ArrayList<Method>();
    var types = new ArrayList<TopLevel>();
    for (Tree tree : unit.getTypeDecls()) {
      if (tree instanceof ClassTree type) {
        boolean isPublic = type.getModifiers().getFlags().contains(Modifier.PUBLIC);
        types.add(new TopLevel(type.getSimpleName().toString(), isPublic));
      }
    }
    new TreePathScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitMethod(MethodTree method, @Nullable Void none) {
        methods.add(method(method, unit, positions, getCurrentPath().getParentPath().getLeaf()));
        return super.visitMethod(method, null);
      }
    }.scan(unit, null);
    String text = read(path);
    return new SourceFile(path, (int) text.lines().count(), withoutComments(text), methods, types);
  }

  private static Method method(
      MethodTree method, CompilationUnitTree unit, SourcePositions positions, Tree parent) {
    long first = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, method));
    long last = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, method));
    boolean constructorOfRecord =
        method.getName().contentEquals("<init>") && parent.getKind() == Tree.Kind.RECORD;
    boolean overrides =
        method.getModifiers().getAnnotations().stream()
            .anyMatch(a -> a.getAnnotationType().toString().equals("Override"));
    return new Method(
        method.getName().toString(),
        (int) (last - first + 1),
        method.getParameters().size(),
        constructorOfRecord || overrides);
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String withoutComments(String text) {
    return text.replaceAll("(?s)\"\"\".*?\"\"\"", "\"\"")
        .replaceAll("\"(\\\\.|[^\"\\\\\n])*\"", "\"\"")
        .replaceAll("(?s)/\\*.*?\\*/", "")
        .replaceAll("//[^\n]*", "");
  }

  /** The room, such as {@code ledger}; empty for {@code Main}. */
  String room() {
    Path folder = path.getParent();
    Path inHouse = Set.of(MAIN, TEST).stream().filter(path::startsWith).findFirst().orElseThrow();
    Path house = inHouse.resolve(Path.of("dev", "ockham"));
    Path inside = house.relativize(folder == null ? house : folder);
    return inside.getName(0).toString();
  }
}
