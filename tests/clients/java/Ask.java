import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Asks the same of an endpoint by GET, as a form and directly, with the client as it is by itself. */
public class Ask {
    public static void main(String[] arguments) throws Exception {
        String endpoint = arguments[0];
        String query = Files.readString(Path.of(arguments[1]));
        String form = "query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest[] requests = {
            request(endpoint + "?" + form).build(),
            request(endpoint)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)).build(),
            request(endpoint)
                .header("Content-Type", "application/sparql-query")
                .POST(BodyPublishers.ofString(query)).build(),
        };
        for (HttpRequest request : requests) {
            // One client, hence one connection: each answer must leave it fit for the next request.
            var answer = client.send(request, BodyHandlers.ofString());
            System.out.println(answer.statusCode() + " " + answer.body().replaceAll("\\s+", " "));
        }
    }

    private static HttpRequest.Builder request(String address) {
        return HttpRequest.newBuilder(URI.create(address))
            .header("Accept", "application/sparql-results+json");
    }
}
