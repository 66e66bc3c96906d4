using System.Globalization;
using Microsoft.ML.Spiking;
using Microsoft.ML.Spiking.Native;
using TorchSharp;

try
{
    LibTorch.EnsureLoaded();
    Console.Write(args is ["spins"] ? Spins() : torch.ones(3).sum().item<float>().ToString(CultureInfo.InvariantCulture));
    return 0;
}
catch (InvalidOperationException refusal)
{
    Console.Error.Write(refusal.Message);
    return 1;
}

// What threads take that wait for each other's next move, without and with short spins.
static string Spins()
{
    if (torch.get_num_threads() == 1) return "0";
    double before = Waiting();
    using var spins = new ShortSpins();
    return FormattableString.Invariant($"{before} {Waiting()}");
}

static double Waiting()
{
    const int Products = 100;
    using torch.Tensor values = torch.ones([1 << 18], torch.float32, torch.CPU);
    values.add_(values);
    double taken = 0;
    for (int i = 0; i < Products; i++)
    {
        values.mul_(values);
        TimeSpan start = Environment.CpuUsage.TotalTime;
        Thread.Sleep(10);
        taken += (Environment.CpuUsage.TotalTime - start).TotalMilliseconds;
    }
    return taken;
}
