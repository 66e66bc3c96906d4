using System.Diagnostics;

namespace Microsoft.ML.Spiking.Samples.Tests.Web;

/// <summary>The program as its user starts it, in a process of its own on a free port, and a client of it.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private readonly Process _process;

    private RunningProgram(Process process, Uri address)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = address };
    }

    public HttpClient Client { get; }

    /// <summary>Bytes of memory that the process holds now.</summary>
    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>The most that it has held.</summary>
    public long MostMemory
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    public static async Task<RunningProgram> StartAsync()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(ProgramFolder.Path, "Web.dll"), "--model", TestModel.Zip, "--urls", "http://127.0.0.1:0"]) { RedirectStandardOutput = true };
        Process process = Process.Start(start)!;
        string line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The program ended at its start.");
        string address = line[line.IndexOf("http://", StringComparison.Ordinal)..];
        return new RunningProgram(process, new Uri(address[..address.IndexOf(';', StringComparison.Ordinal)]));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
