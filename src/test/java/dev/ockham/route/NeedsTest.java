package dev.ockham.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ockham.catalog.Capability;
import dev.ockham.catalog.Model;
import dev.ockham.catalog.Price;
import dev.ockham.chat.Message;
import dev.ockham.chat.Part;
import dev.ockham.chat.Role;
import dev.ockham.policy.Constraint;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a request's parts ask of a model. */
class NeedsTest {
  private static final Part PDF =
      new Part.Document(new Part.Source.Inline("application/pdf", "JVBERi0="), "claim.pdf");
  private static final Part NOTES =
      new Part.Document(new Part.Source.Inline("text/plain", "bm90ZXM="), "notes.txt");
  private static final Part SOUND = new Part.Audio(new Part.Source.Inline("audio/wav", "UklGRg=="));

  @Test
  void a_file_needs_a_model_that_reads_files() {
    assertThat(needs(PDF)).containsExactly(Capability.DOCUMENTS);
    assertThat(needs(NOTES)).isEmpty();
  }

  @Test
  void sound_needs_a_model_that_hears() {
    assertThat(needs(SOUND)).containsExactly(Capability.AUDIO);
  }

  @Test
  void what_a_tool_brought_counts_too() {
    assertThat(needs(new Part.ToolResult("call-1", List.of(PDF, SOUND), false)))
        .containsExactlyInAnyOrder(Capability.TOOLS, Capability.DOCUMENTS, Capability.AUDIO);
  }

  @Test
  void who_lacks_it_is_named_with_what_is_lacking() {
    Needs needs = Needs.of(Given.request("m", List.of(new Message(Role.USER, List.of(PDF)))));
    assertThat(needs.unmetBy(without(Capability.DOCUMENTS)))
        .hasValue(new Constraint.LacksCapability(Capability.DOCUMENTS));
    assertThat(needs.unmetBy(without(Capability.AUDIO))).isEmpty();
  }

  private static Set<Capability> needs(Part part) {
    return Needs.of(Given.request("m", List.of(new Message(Role.USER, List.of(part)))))
        .capabilities();
  }

  private static Model without(Capability missing) {
    var can = EnumSet.copyOf(Given.all());
    can.remove(missing);
    return Given.model("m", new Price.Free(), can, OptionalLong.empty());
  }
}
