using System.Reflection;
using Microsoft.ML.Spiking.Ground;

namespace Microsoft.ML.Spiking.Hosting;

/// <summary>
/// The graph that an ONNX loop repeats, as onnx.proto has it. ML.NET's nodes take no graph among their attributes; but its converter keeps each as a message of
/// protocol buffers, which any bytes of such a message can be merged into.
/// </summary>
/// <param name="loop">The loop's name.</param>
internal sealed class OnnxBody(string loop)
{
    private readonly ProtoMessage _graph = new ProtoMessage().Add(Graph.Name, loop);

    /// <summary>Adds a tensor of Singles that the loop hands in.</summary>
    public void AddInput(string name) => _graph.Add(Graph.Input, Tensor(name));

    /// <summary>Adds a tensor of Singles that the loop is handed.</summary>
    public void AddOutput(string name) => _graph.Add(Graph.Output, Tensor(name));

    /// <summary>Adds an operator, which may read what stands outside of the loop too.</summary>
    public void Add(string operation, string[] inputs, string[] outputs, ReadOnlySpan<(string Name, object Value)> attributes)
    {
        ProtoMessage node = new ProtoMessage().Add(Node.Input, inputs).Add(Node.Output, outputs).Add(Node.Name, outputs[0]).Add(Node.Operation, operation);
        foreach (var (attribute, value) in attributes) node.Add(Node.Attribute, Of(attribute, value));
        _graph.Add(Graph.Node, node);
    }

    /// <summary>Makes it the body of a loop.</summary>
    /// <param name="node">The loop, a node of ML.NET's converter.</param>
    /// <exception cref="NotSupportedException">The converter keeps its nodes otherwise.</exception>
    public void AddTo(object node)
    {
        const string Message = "Google.Protobuf.IMessage", Extensions = "Google.Protobuf.MessageExtensions";
        object? message = node.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(field => field.GetValue(node)).FirstOrDefault(value => value?.GetType().GetInterface(Message) is not null);
        Type? kind = message?.GetType().GetInterface(Message);
        MethodInfo merge = kind?.Assembly.GetType(Extensions)?.GetMethod("MergeFrom", [kind, typeof(byte[])])
            ?? throw Trouble.Onnx.NotSupported($"So many time steps go to ONNX as a loop, which {node.GetType().Assembly.GetName().Name} "
                + $"{node.GetType().Assembly.GetName().Version} does not take; use Microsoft.ML.OnnxConverter 0.23.1, or train the network with 128 TimeSteps "
                + "at most.");
        ProtoMessage body = Attribute("body", AttributeKind.Graph).Add(AttributeMember.Graph, _graph);
        merge.Invoke(null, [message, new ProtoMessage().Add(Node.Attribute, body).ToArray()]);
    }

    private static ProtoMessage Of(string name, object value) => value switch
    {
        long[] numbers => numbers.Aggregate(Attribute(name, AttributeKind.Numbers), (message, number) => message.Add(AttributeMember.Numbers, number)),
        Type type => Attribute(name, AttributeKind.Number).Add(AttributeMember.Number, TypeOf(type)),
        _ => Attribute(name, AttributeKind.Number).Add(AttributeMember.Number, (long)value),
    };

    private static ProtoMessage Attribute(string name, long kind) => new ProtoMessage().Add(AttributeMember.Name, name).Add(AttributeMember.Kind, kind);

    private static long TypeOf(Type type) => type == typeof(float) ? Element.Single
        : throw new ArgumentException($"{type} is no type of a loop's tensors.", nameof(type));

    private static ProtoMessage Tensor(string name) => new ProtoMessage().Add(Value.Name, name)
        .Add(Value.Type, new ProtoMessage().Add(Value.TensorType, new ProtoMessage().Add(Value.ElementType, Element.Single)));

    // The members' numbers in onnx.proto.
    private static class Graph { public const int Node = 1, Name = 2, Input = 11, Output = 12; }

    private static class Node { public const int Input = 1, Output = 2, Name = 3, Operation = 4, Attribute = 5; }

    private static class AttributeMember { public const int Name = 1, Number = 3, Graph = 6, Numbers = 8, Kind = 20; }

    private static class AttributeKind { public const long Number = 2, Graph = 5, Numbers = 7; }

    private static class Value { public const int Name = 1, Type = 2, TensorType = 1, ElementType = 1; }

    private static class Element { public const long Single = 1; }
}
