using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.ML.Spiking.Samples.Web;

namespace Microsoft.ML.Spiking.Samples.Tests.Web;

[TestClass]
public sealed class HostTests
{
    [TestMethod]
    [DataRow("localhost", true)]
    [DataRow("LocalHost:5000", true)]
    [DataRow("127.0.0.1:80", true)]
    [DataRow("[::1]:5000", true)]
    [DataRow("evil.example", false)]
    [DataRow("localhost.evil.example", false)]
    [DataRow("10.0.0.1", false)]
    public async Task Without_a_word_the_server_answers_to_this_machine_alone(string host, bool answered)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        await Answers(server, host, answered, "localhost, 127.0.0.1, [::1]");
    }

    [TestMethod]
    [DataRow("digits.example.com", true)]
    [DataRow("a.example.org", true)]
    [DataRow("example.org", false)]
    [DataRow("localhost", false)]
    public async Task With_names_it_answers_to_those(string host, bool answered)
    {
        await using RunningServer server = await RunningServer.StartAsync("digits.example.com", "*.example.org");
        await Answers(server, host, answered, "digits.example.com, *.example.org");
    }

    [TestMethod]
    public async Task With_a_star_it_answers_to_all()
    {
        await using RunningServer server = await RunningServer.StartAsync("*");
        await Answers(server, "evil.example", true, "");
    }

    [TestMethod]
    [DataRow("http://digits.example.com:5000", "digits.example.com")]
    [DataRow("http://*:5000;https://+:5001;http://0.0.0.0:80;http://[::]:80;http://localhost:81", null)]
    [DataRow("http://192.168.1.7", "192.168.1.7")]
    public void What_it_is_told_to_listen_at_it_answers_to(string urls, string? further)
    {
        var names = HostNames.Of(new ConfigurationManager(), urls, []);
        Assert.AreEqual($"localhost, 127.0.0.1, [::1]{(further is null ? "" : $", {further}")}", names.ToString());
    }

    [TestMethod]
    public void The_setting_of_ASP_NET_is_taken_where_no_names_are_given()
    {
        var settings = new ConfigurationManager { ["AllowedHosts"] = "a.example; b.example" };
        Assert.AreEqual("c.example", HostNames.Of(settings, "http://localhost", ["c.example"]).ToString());
        settings["AllowedHosts"] = "a.example; b.example";
        Assert.AreEqual("a.example, b.example", HostNames.Of(settings, "http://localhost", []).ToString());
        Assert.AreEqual("*", settings["AllowedHosts"]);
    }

    private static async Task Answers(RunningServer server, string host, bool answered, string names)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health") { Headers = { Host = host } };
        using HttpResponseMessage response = await server.Client.SendAsync(request);
        Assert.AreEqual(answered ? HttpStatusCode.OK : HttpStatusCode.BadRequest, response.StatusCode);
        if (answered) return;
        JsonElement problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.AreEqual($"The request is for the host '{host}', but this server answers to {names}; name others with --hosts.", problem.GetProperty("detail").GetString());
    }
}
