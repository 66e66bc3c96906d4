using System.Reflection;
using TorchSharp;

namespace Microsoft.ML.Spiking.Tests;

[TestClass]
public class RootedScalarsTests
{
    [TestMethod]
    public void No_call_of_ours_leaves_a_scalar_to_the_finaliser()
    {
        Assembly ours = typeof(TorchTraining).Assembly;
        string[] offenders =
        [
            .. from type in ours.GetTypes()
               where type != typeof(RootedScalars) && type.DeclaringType != typeof(RootedScalars)
               from method in IntermediateLanguage.MethodsOf(type)
               from called in IntermediateLanguage.Calls(method)
               where MakesScalar(called) || called.Module.Assembly == typeof(torch).Assembly && LeavesScalar(called, depth: 3)
               select $"{type.Name}.{method.Name} -> {called.DeclaringType!.Name}.{called.Name}({string.Join(", ", called.GetParameters().Select(p => p.ParameterType.Name))})",
        ];
        Assert.IsEmpty(offenders, "TorchSharp makes a scalar that nothing roots:\n" + string.Join("\n", offenders.Distinct().Order()));
    }

    /// <summary>Whether a method, or what it calls within TorchSharp, makes a scalar. Those that dispose it are not told apart.</summary>
    private static bool LeavesScalar(MethodBase method, int depth)
        => depth > 0 && method.Module.Assembly == typeof(torch).Assembly && method.GetMethodBody() is not null
            && IntermediateLanguage.Calls(method).Any(called => MakesScalar(called) || LeavesScalar(called, depth - 1));

    private static bool MakesScalar(MethodBase method)
        => method is MethodInfo { Name: "op_Implicit" or "ToScalar", ReturnType: var type } && type == typeof(Scalar);
}
