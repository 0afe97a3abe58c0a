package dev.ockham.bench;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;

/**
 * What Ockham's stack costs when it does nothing: reads the body, sends it on, copies the reply.
 * One verticle per core, each with its own client.
 */
final class BareProxy extends AbstractVerticle {
  private HttpClient client;

  @Override
  public void start() {
    client =
        vertx.createHttpClient(
            new HttpClientOptions().setTcpNoDelay(true).setKeepAlive(true),
            new PoolOptions().setHttp1MaxSize(512));
    var options =
        new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPort(config().getInteger("port"))
            .setTcpNoDelay(true);
    vertx.createHttpServer(options).requestHandler(this::forward).listen();
  }

  private void forward(HttpServerRequest in) {
    var target =
        new RequestOptions()
            .setMethod(in.method())
            .setHost("127.0.0.1")
            .setPort(config().getInteger("upstream"))
            .setURI(in.uri());
    in.body()
        .onSuccess(body ->
            client
                .request(target)
                .compose(out -> {
                  copyHeader(in, out, "content-type");
                  copyHeader(in, out, "authorization");
                  return out.send(body);
                })
                .onSuccess(reply -> answer(reply, in.response()))
                .onFailure(failure -> in.response().setStatusCode(502).end()));
  }

  private static void copyHeader(HttpServerRequest in, HttpClientRequest out, String name) {
    String value = in.getHeader(name);
    if (value != null) {
      out.putHeader(name, value);
    }
  }

  private static void answer(HttpClientResponse from, HttpServerResponse to) {
    to.setStatusCode(from.statusCode()).putHeader("content-type", from.getHeader("content-type"));
    String length = from.getHeader("content-length");
    if (length == null) {
      to.setChunked(true);
    } else {
      to.putHeader("content-length", length);
    }
    from.handler(to::write);
    from.endHandler(end -> to.end());
  }

  public static void main(String[] args) {
    int cores = Runtime.getRuntime().availableProcessors();
    var vertx =
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(cores).setPreferNativeTransport(true));
    var config =
        new JsonObject()
            .put("port", Integer.parseInt(args[0]))
            .put("upstream", Integer.parseInt(args[1]));
    vertx.deployVerticle(
        BareProxy::new, new DeploymentOptions().setInstances(cores).setConfig(config));
  }
}
