using System.CommandLine;
using Microsoft.ML.Spiking.Samples.Web;

// Serves a trained spiking network: an API that reads pictures of digits, and a page to draw them on.
//
//   dotnet run -c Release --project samples/Web -- [--model model.zip] [--urls http://localhost:5000] [--hosts digits.example.com]

var zip = new Option<string>("--model") { Description = "The model.zip to serve; samples/Mnist trains one.", DefaultValueFactory = _ => "model.zip" };
var urls = new Option<string>("--urls") { Description = "Where to listen.", DefaultValueFactory = _ => "http://localhost:5000" };
var hosts = new Option<string[]>("--hosts")
{
    Description = "The names that requests may call the server by, *.example.com and * included; else localhost and what --urls names.",
    AllowMultipleArgumentsPerToken = true,
};
var command = new RootCommand("Serves a trained spiking neural network: an API, and a page to draw digits on.") { zip, urls, hosts };

command.SetAction(async (arguments, _) =>
{
    try
    {
        var model = ServedModel.Load(arguments.GetValue(zip)!);
        await using WebApplication app = DigitServer.Create(model, arguments.GetValue(urls)!, arguments.GetValue(hosts) ?? []);
        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"{model.Card.Sentence} Draw at {app.Urls.First()}; Ctrl+C ends it."));
        await app.RunAsync();
        return 0;
    }
    catch (InvalidDataException fault)
    {
        await Console.Error.WriteLineAsync(fault.Message);
        return 3;
    }
    catch (Exception fault) when (fault is IOException or FormatException or System.Net.Sockets.SocketException)
    {
        await Console.Error.WriteLineAsync($"Cannot listen at {arguments.GetValue(urls)}: {fault.Message}");
        return 2;
    }
});
// The server itself ends when it is told to.
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
