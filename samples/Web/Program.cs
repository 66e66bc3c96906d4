using Microsoft.ML.Spiking.Samples.Web;

// Serves a trained spiking network: an API that reads pictures of digits, and a page to draw them on.
//
//   dotnet run -c Release --project samples/Web -- [--model model.zip] [--urls http://localhost:5000]

try
{
    string path = new ConfigurationBuilder().AddCommandLine(args).Build()["model"] ?? "model.zip";
    var model = ServedModel.Load(path);
    await using WebApplication app = DigitServer.Create(model, args);
    app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"{model.Card.Sentence} Draw at {app.Urls.First()}; Ctrl+C ends it."));
    await app.RunAsync();
    return 0;
}
catch (InvalidDataException fault)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return 3;
}
catch (Exception fault) when (fault is IOException or FormatException)
{
    // An address that is taken or cannot be read, an option without a value.
    await Console.Error.WriteLineAsync(fault.Message);
    return 2;
}
