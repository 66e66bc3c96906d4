using Microsoft.ML.Spiking.Native;
using Microsoft.ML.Spiking.State;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.Spiking.Descent;

/// <summary>A parameter on any device that <see cref="TensorDescent"/> trains.</summary>
/// <param name="parameter">The parameter.</param>
/// <param name="order">The order in which checkpoints have it; null for that of the tensor.</param>
/// <param name="rate">Its learning rate in the beginning.</param>
/// <param name="first">Where it begins among all weights.</param>
internal sealed class TrainedTensor(Parameter parameter, WeightOrder? order, double rate, long first)
{
    private readonly long _count = parameter.numel();

    /// <summary>Steps taken.</summary>
    public int Steps { get; set; }

    /// <summary>Its learning rate in the beginning.</summary>
    public double LearningRate => rate;

    /// <summary>Where the next one begins.</summary>
    public long End => first + _count;

    /// <summary>Whether the last batch has left a gradient.</summary>
    public bool HasGradient => parameter.grad is not null;

    /// <summary>Its gradient, one number after the other; 0 where the last batch has left none.</summary>
    /// <param name="nothing">Zeros, as many as all weights.</param>
    public Tensor Gradient(Tensor nothing) => parameter.grad is { } gradient ? gradient.reshape(-1) : nothing.narrow(0, 0, _count);

    /// <summary>Forgets the gradient.</summary>
    public void Forget() => parameter.grad = null;

    /// <summary>Whether it is that parameter.</summary>
    public bool Is(Parameter other) => ReferenceEquals(parameter, other);

    /// <summary>The weights, one number after the other.</summary>
    public Tensor Flat() => parameter.detach().reshape(-1);

    /// <summary>Makes the parameter a view of its part of all weights.</summary>
    public void BecomePartOf(Tensor all) => parameter.set_(Own(all));

    /// <summary>Its own part of something that all weights have, in its shape.</summary>
    public Tensor Own(Tensor all) => all.narrow(0, first, _count).view(parameter.shape);

    /// <summary>A number for each weight.</summary>
    public Tensor Each(double number, Device device) => full(_count, number.Rooted(), float32, device);

    /// <summary>AdamW's running means, and that of the weights where there is one, for a checkpoint.</summary>
    /// <param name="name">What their names begin with.</param>
    /// <param name="mean">That of all weights' gradients.</param>
    /// <param name="square">That of their squares.</param>
    /// <param name="average">That of all weights; null where there is none.</param>
    public IEnumerable<StateArray> State(string name, Tensor mean, Tensor square, Tensor? average)
    {
        StateArray own = As(mean, name + ".mean"), ownSquare = As(square, name + ".square") with { Range = StateRange.NotNegative };
        StateArray[] state = average is null ? [own, ownSquare] : [own, ownSquare, As(average, name + ".average")];
        return order is null ? state : state.Select(array => array.In(order));
    }

    private StateArray As(Tensor all, string name) => new(name, [.. parameter.shape.Select(size => (int)size)],
        () =>
        {
            using var scope = NewDisposeScope();
            return Own(all).ToArray();
        },
        values =>
        {
            using var scope = NewDisposeScope();
            Own(all).As(name).Put(values);
        })
    {
        Finite = () =>
        {
            using var scope = NewDisposeScope();
            return Own(all).IsFinite();
        },
    };
}
