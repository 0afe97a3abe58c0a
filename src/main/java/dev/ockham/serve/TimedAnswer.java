package dev.ockham.serve;

import dev.ockham.provider.Answer;
import dev.ockham.provider.ReplyHead;
import dev.ockham.provider.Turn;

/** The client's side of one attempt, which notes when a streamed answer begins. */
final class TimedAnswer implements Answer {
  private final Loop loop;
  private final Exchange exchange;
  private final Answer client;
  private final Turn turn;
  private final long asked;

  TimedAnswer(Loop loop, Exchange exchange, Turn turn) {
    this.loop = loop;
    this.exchange = exchange;
    this.client = exchange.answer;
    this.turn = turn;
    this.asked = loop.now();
  }

  @Override
  public void begin(ReplyHead head) {
    exchange.firstByteNanos = loop.now();
    turn.began(true, exchange.firstByteNanos - asked);
    client.begin(head);
  }

  @Override
  public void write(byte[] bytes) {
    client.write(bytes);
  }

  @Override
  public void end(byte[] last) {
    client.end(last);
  }

  @Override
  public void whole(ReplyHead head, byte[] body) {
    client.whole(head, body);
  }

  @Override
  public boolean mayKeep(int bytes) {
    return client.mayKeep(bytes);
  }

  @Override
  public boolean full() {
    return client.full();
  }

  @Override
  public void onDrain(Runnable resume) {
    client.onDrain(resume);
  }

  @Override
  public boolean gone() {
    return client.gone();
  }

  @Override
  public void onGone(Runnable cancel) {
    client.onGone(cancel);
  }

  @Override
  public void cut() {
    client.cut();
  }
}
