using Microsoft.ML.Spiking;
using TorchSharp;

try
{
    LibTorch.EnsureLoaded();
    Console.Write(torch.ones(3).sum().item<float>());
    return 0;
}
catch (InvalidOperationException refusal)
{
    Console.Error.Write(refusal.Message);
    return 1;
}
