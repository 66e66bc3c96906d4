using static Microsoft.ML.Spiking.Native.RootedScalars;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Torch;

/// <summary>
/// Any neurons, step by step as autograd differentiates them: whatever their constants, their reset's gradient, and how they hear each other.
/// </summary>
internal sealed class NeuronLoop : NeuronRun
{
    private readonly Tensor[] _currents;
    private readonly Tensor _spikes;

    private NeuronLoop(Tensor[] currents, Tensor spikes) : base(spikes.detach())
        => (_currents, _spikes) = ([.. currents.Select(current => current.DetachFromDisposeScope())], spikes.DetachFromDisposeScope());

    /// <summary>Runs the neurons.</summary>
    /// <param name="step">How they take a step.</param>
    /// <param name="constants">In the order of <see cref="Neuron.Constants"/>.</param>
    /// <param name="currents">[time, batch, neuron].</param>
    /// <param name="learning">How spikes are differentiated; null where they are not.</param>
    /// <param name="heard">From the spikes of a step, [batch, neuron], to what each neuron receives of them in the next; null where they do not hear each
    /// other.</param>
    public static NeuronLoop Of(NeuronStep step, Tensor[] constants, Tensor currents, Surrogate? learning, Func<Tensor, Tensor>? heard)
    {
        using var scope = NewDisposeScope();
        using var gradients = set_grad_enabled(learning is not null);
        // A leaf for each step, so that no gradient of a step is spread out over all of them.
        Tensor[] given = [.. Enumerable.Range(0, (int)currents.shape[0]).Select(t => learning is null ? currents[t] : currents[t].detach().requires_grad_())];
        Tensor[] state = [.. Enumerable.Range(0, step.States).Select(_ => zeros_like(given[0], requires_grad: false))], spikes = new Tensor[given.Length];
        Tensor? received = null;
        for (int t = 0; t < spikes.Length; t++)
        {
            using var stepScope = NewDisposeScope();
            Tensor?[] last = [.. state, received];
            (spikes[t], state) = step.Take(constants, state, received is null ? given[t] : given[t].add(received, One), learning);
            received = heard?.Invoke(spikes[t]);
            foreach (Tensor? kept in (Tensor?[])[.. state, spikes[t], received]) kept?.MoveToOuterDisposeScope();
            foreach (Tensor? past in last) past?.Dispose();   // autograd keeps what it needs by itself
        }
        return new NeuronLoop(given, stack(spikes));
    }

    public override Tensor Backward(Tensor gradient)
    {
        _spikes.backward([gradient]);
        return stack(_currents.Select(current => current.grad!));
    }

    public override void Dispose()
    {
        base.Dispose();
        foreach (Tensor current in _currents) current.Dispose();
        _spikes.Dispose();
    }
}
