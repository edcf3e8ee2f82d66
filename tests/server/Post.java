import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Posts a query twice as Java does where nobody tells it otherwise: it offers HTTP/2 each time. */
public class Post {
  public static void main(String[] arguments) throws Exception {
    var client = HttpClient.newHttpClient();
    for (var query : new String[] {"ASK {}", "ASK { FILTER(false) }"}) {
      var request =
          HttpRequest.newBuilder(URI.create(arguments[0] + "/sparql"))
              .header("Content-Type", "application/sparql-query")
              .header("Accept", "text/csv")
              .POST(HttpRequest.BodyPublishers.ofString(query))
              .build();
      var answer = client.send(request, BodyHandlers.ofString());
      System.out.println(answer.version() + " " + answer.statusCode() + " " + answer.body());
    }
  }
}
