using System.Reflection;
using System.Runtime.CompilerServices;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>The estimators and transformers that a library exposes, and the catalogs' ways to them.</summary>
internal static class Exposed
{
    public static Type[] Estimators(Assembly library) => [.. library.GetExportedTypes().Where(type => MadeBy(type) is not null)];

    public static Type[] Transformers(Assembly library) => [.. library.GetExportedTypes().Where(type => type.IsAssignableTo(typeof(ITransformer)))];

    /// <summary>The extension methods that make an estimator.</summary>
    public static MethodInfo[] Ways(Assembly library) => [.. library.GetExportedTypes().SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
        .Where(method => method.IsDefined(typeof(ExtensionAttribute), inherit: false) && MadeBy(method.ReturnType) is not null)];

    /// <summary>The transformer that an estimator fits; null of what is no estimator.</summary>
    public static Type? MadeBy(Type type) => type.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEstimator<>)).Select(i => i.GetGenericArguments()[0]).FirstOrDefault();

    /// <summary>A way by its name and what it takes.</summary>
    public static string Name(MethodInfo way) => $"{way.Name}({string.Join(", ", way.GetParameters().Select(parameter => parameter.ParameterType.Name))})";
}
