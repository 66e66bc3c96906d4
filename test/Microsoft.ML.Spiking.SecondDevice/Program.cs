using System.Globalization;
using Microsoft.ML.Spiking;
using Microsoft.ML.Spiking.Native;
using Microsoft.ML.Spiking.SecondDevice;
using Microsoft.ML.Spiking.Torch;
using TorchSharp;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is not [var asked, .. var names])
{
    Console.Error.Write("Say train, fused, launches, fused-launches, parts or copies, and of what.");
    return 1;
}
LazyDevice.Begin();
switch (asked)
{
    case "train":
        foreach (string name in names) Console.WriteLine($"{name} {new WholeTraining(name).Compare()}");
        return 0;
    case "launches" or "fused-launches":
        if (asked == "fused-launches") KernelChoice.Instead = _ => new CountedKernels();
        foreach (string name in names)
        {
            using var step = new CountedStep(name, torch.CPU);
            step.Take();
            IReadOnlyDictionary<string, int> kernels = step.Launches();
            Console.WriteLine($"{name} {kernels.Values.Sum()} {string.Join(' ', kernels.OrderByDescending(kernel => kernel.Value).Select(kernel => $"{kernel.Key}:{kernel.Value}"))}");
        }
        return 0;
    case "parts":
        foreach (string name in names)
        {
            using var step = new CountedStep(name, torch.CPU);
            step.Take();
            Console.WriteLine(name);
            foreach (var (part, kernels) in step.Parts())
                Console.WriteLine($"  {part} {kernels.Values.Sum()} {string.Join(' ', kernels.Select(kernel => $"{kernel.Key}:{kernel.Value}"))}");
        }
        return 0;
    case "fused":
        foreach (string name in names) Console.WriteLine($"{name} {new WholeTraining(name).CompareFused()}");
        return 0;
    case "copies":
        foreach (string name in names)
        {
            using CountedStep here = new(name, torch.CPU), there = new(name, LazyDevice.Device);
            Console.WriteLine($"{name} {there.Moves() - here.Moves()}");
        }
        return 0;
    case "generator":
        // How large a state a generator for the device has: that of the CPU's Mersenne Twister tells whose it is.
        using (var generator = new torch.Generator(1, LazyDevice.Device))
        using (torch.Tensor state = generator.get_state()) Console.WriteLine($"generator {state.numel()}");
        return 0;
    case "mixed":
        Console.WriteLine($"mixed {LazyDevice.Refuses()}");
        return 0;
    default:
        Console.Error.Write($"'{asked}' is none of train, fused, launches, fused-launches, parts, copies, generator and mixed.");
        return 1;
}
