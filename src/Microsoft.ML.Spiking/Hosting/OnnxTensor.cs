namespace Microsoft.ML.Spiking.Hosting;

/// <summary>A tensor of an ONNX graph, and the operators that compute others from it; as numpy's they broadcast.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="Name">Its name there.</param>
internal readonly record struct OnnxTensor(OnnxGraph Graph, string Name)
{
    public static OnnxTensor operator +(OnnxTensor a, OnnxTensor b) => a.Graph.Node("Add", [a, b]);

    public static OnnxTensor operator -(OnnxTensor a, OnnxTensor b) => a.Graph.Node("Sub", [a, b]);

    public static OnnxTensor operator *(OnnxTensor a, OnnxTensor b) => a.Graph.Node("Mul", [a, b]);

    public static OnnxTensor operator /(OnnxTensor a, OnnxTensor b) => a.Graph.Node("Div", [a, b]);

    public static OnnxTensor operator >(OnnxTensor a, OnnxTensor b) => a.Graph.Node("Greater", [a, b]);

    public static OnnxTensor operator <(OnnxTensor a, OnnxTensor b) => a.Graph.Node("Less", [a, b]);

    public static OnnxTensor operator !(OnnxTensor a) => a.Graph.Node("Not", [a]);

    public static OnnxTensor operator +(OnnxTensor a, float b) => a + a.Graph.Constant(b);

    public static OnnxTensor operator *(OnnxTensor a, float b) => a * a.Graph.Constant(b);

    public static OnnxTensor operator /(OnnxTensor a, float b) => a / a.Graph.Constant(b);

    public static OnnxTensor operator -(float a, OnnxTensor b) => b.Graph.Constant(a) - b;

    public static OnnxTensor operator /(float a, OnnxTensor b) => b.Graph.Constant(a) / b;

    public static OnnxTensor operator >(OnnxTensor a, float b) => a > a.Graph.Constant(b);

    public static OnnxTensor operator <(OnnxTensor a, float b) => a < a.Graph.Constant(b);

    /// <summary>Where this is true the one, elsewhere the other.</summary>
    public OnnxTensor Choose(OnnxTensor where, OnnxTensor elsewhere) => Graph.Node("Where", [this, where, elsewhere]);

    /// <summary>The same numbers in another shape; -1 is what is left for it.</summary>
    public OnnxTensor Reshape(params long[] shape) => Graph.Node("Reshape", [this, Graph.Whole(shape)]);

    /// <summary>1 where it is true, 0 elsewhere; or numbers of another type as Single.</summary>
    public OnnxTensor AsSingle() => As(typeof(float));

    /// <summary>The numbers as another type.</summary>
    public OnnxTensor As(Type type) => Graph.Node("Cast", [this], ("to", type));

    /// <summary>What it is at one place of an axis, which the result has no more.</summary>
    public OnnxTensor At(long place, long axis) => Gather(Graph.Place(place), axis);

    /// <summary>The same with an axis of one place more.</summary>
    public OnnxTensor Within(long axis) => Graph.Node("Unsqueeze", [this], ("axes", (long[])[axis]));

    /// <summary>The parts at some places of an axis.</summary>
    public OnnxTensor Gather(OnnxTensor places, long axis) => Graph.Node("Gather", [this, places], ("axis", axis));

    public OnnxTensor Clip(float least, float most) => Graph.Node("Clip", [this, Graph.Constant(least), Graph.Constant(most)]);

    /// <summary>The largest along an axis, which is kept.</summary>
    public OnnxTensor Maximum(long axis) => Graph.Node("ReduceMax", [this], ("axes", (long[])[axis]), ("keepdims", 1L));

    /// <summary>The sum along an axis.</summary>
    public OnnxTensor Sum(long axis, bool keep) => Graph.Node("ReduceSum", [this], ("axes", (long[])[axis]), ("keepdims", keep ? 1L : 0L));

    /// <summary>The mean along an axis.</summary>
    public OnnxTensor Mean(long axis, bool keep) => Graph.Node("ReduceMean", [this], ("axes", (long[])[axis]), ("keepdims", keep ? 1L : 0L));

    /// <summary>The product with a matrix.</summary>
    public OnnxTensor Times(OnnxTensor matrix) => Graph.Node("MatMul", [this, matrix]);

    /// <summary>Tensors one after the other along an axis.</summary>
    public static OnnxTensor Join(long axis, params OnnxTensor[] parts) => parts is [var alone] ? alone : parts[0].Graph.Node("Concat", parts, ("axis", axis));

    /// <summary>As many zeros.</summary>
    public OnnxTensor Zeros() => Graph.Node("ConstantOfShape", [Graph.Node("Shape", [this])]);

    /// <summary>1 where a number is not finite, 0 elsewhere.</summary>
    public OnnxTensor IsNotFinite() => Graph.Node("IsNaN", [this - this]).AsSingle();
}
