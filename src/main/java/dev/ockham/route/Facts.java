package dev.ockham.route;

import dev.ockham.catalog.Capability;
import dev.ockham.policy.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What rules may ask about one request. What is read off the text is read when it is asked for. */
public final class Facts {
  private static final String TEAM = Scope.Kind.TEAM.wireName() + ":";

  private final Inquiry inquiry;
  private Inputs.@Nullable Reading reading;
  private @Nullable List<String> scopes;

  Facts(Inquiry inquiry) {
    this.inquiry = inquiry;
  }

  /** What a fact is: a boolean, a Long, a Double, a string, or a list of strings. */
  public enum Type {
    BOOL,
    INT,
    DOUBLE,
    STRING,
    STRINGS
  }

  /** Everything there is to ask, by the name it has in expressions. */
  public enum Fact {
    REQUEST_MODEL("request.model", Type.STRING),
    REQUEST_HAS_IMAGES("request.has_images", Type.BOOL),
    REQUEST_HAS_TOOLS("request.has_tools", Type.BOOL),
    REQUEST_HAS_SCHEMA("request.has_schema", Type.BOOL),
    REQUEST_HAS_AUDIO("request.has_audio", Type.BOOL),
    REQUEST_HAS_DOCUMENTS("request.has_documents", Type.BOOL),
    REQUEST_TOOL_RESULTS("request.tool_results", Type.BOOL),
    REQUEST_INPUT_TOKENS("request.input_tokens", Type.INT),
    REQUEST_MAX_OUTPUT("request.max_output", Type.INT),
    REQUEST_TURNS("request.turns", Type.INT),
    CALLER_ORGANISATION("caller.organisation", Type.STRING),
    CALLER_TEAM("caller.team", Type.STRING),
    CALLER_KEY("caller.key", Type.STRING),
    CALLER_PRINCIPAL("caller.principal", Type.STRING),
    CALLER_ROLE("caller.role", Type.STRING),
    CALLER_SCOPES("caller.scopes", Type.STRINGS),
    FEATURES_DOMAIN("features.domain", Type.STRING),
    FEATURES_DISTANCE("features.distance", Type.DOUBLE),
    FEATURES_FAR("features.far", Type.BOOL);

    private final String wireName;
    private final Type type;

    Fact(String wireName, Type type) {
      this.wireName = wireName;
      this.type = type;
    }

    /** The name in expressions; never changes. */
    public String wireName() {
      return wireName;
    }

    public Type type() {
      return type;
    }
  }

  /** The value of a fact, of the fact's type. What is not there is false, 0, "" or no string. */
  public Object get(Fact fact) {
    return switch (fact) {
      case REQUEST_MODEL -> inquiry.inputs().requested();
      case REQUEST_HAS_IMAGES -> needs(Capability.IMAGES);
      case REQUEST_HAS_TOOLS -> needs(Capability.TOOLS);
      case REQUEST_HAS_SCHEMA -> needs(Capability.JSON_SCHEMA);
      case REQUEST_HAS_AUDIO -> needs(Capability.AUDIO);
      case REQUEST_HAS_DOCUMENTS -> needs(Capability.DOCUMENTS);
      case REQUEST_TOOL_RESULTS -> inquiry.inputs().turn().toolResults();
      case REQUEST_INPUT_TOKENS -> inquiry.needs().inputTokens();
      case REQUEST_MAX_OUTPUT -> inquiry.needs().output().orElse(0);
      case REQUEST_TURNS -> (long) inquiry.inputs().conversation().turns();
      case CALLER_ORGANISATION -> inquiry.caller().organisation();
      case CALLER_TEAM -> team();
      case CALLER_KEY -> inquiry.caller().keyId();
      case CALLER_PRINCIPAL -> inquiry.caller().principal();
      case CALLER_ROLE -> inquiry.caller().role().name().toLowerCase(Locale.ROOT);
      case CALLER_SCOPES -> scopes();
      case FEATURES_DOMAIN -> reading().domain();
      case FEATURES_DISTANCE -> reading().distance();
      case FEATURES_FAR -> reading().far();
    };
  }

  private boolean needs(Capability capability) {
    return inquiry.needs().capabilities().contains(capability);
  }

  private String team() {
    for (String scope : scopes()) {
      if (scope.startsWith(TEAM)) {
        return scope.substring(TEAM.length());
      }
    }
    return "";
  }

  private List<String> scopes() {
    List<String> known = scopes;
    if (known == null) {
      known = new ArrayList<>(inquiry.caller().scopes().size());
      for (Scope scope : inquiry.caller().scopes()) {
        known.add(scope.toString());
      }
      scopes = known;
    }
    return known;
  }

  /** As it was read before where the decision is made again. */
  private Inputs.Reading reading() {
    Inputs.Reading known = reading;
    if (known == null) {
      Optional<Inputs.Reading> before = inquiry.inputs().reading();
      known =
          before.isPresent() ? before.get() : Inputs.Reading.of(inquiry.estimate().of(List.of()));
      reading = known;
    }
    return known;
  }
}
