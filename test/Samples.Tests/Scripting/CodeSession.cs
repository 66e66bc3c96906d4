using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace Microsoft.ML.Spiking.Samples.Tests.Scripting;

/// <summary>C# piece by piece, each with what the pieces before it declared: a notebook's cells, a document's blocks.</summary>
/// <param name="imports">Namespaces that stand open from the start, besides those that .NET's projects have implicitly.</param>
internal sealed class CodeSession(params string[] imports)
{
    private static readonly string[] s_implicit = ["System", "System.IO", "System.Linq", "System.Collections.Generic", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];

    // As loaded here, not as files: a type must be the same to the script and to the tests.
    private static readonly ImmutableArray<Assembly> s_assemblies =
    [
        typeof(CodeSession).Assembly,
        .. Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Where(name => name.StartsWith("Microsoft.ML", StringComparison.Ordinal))
            .Select(Assembly.Load),
    ];

    private readonly ScriptOptions _options = ScriptOptions.Default
        .WithLanguageVersion(LanguageVersion.Latest)
        .WithOptimizationLevel(OptimizationLevel.Release)
        .AddReferences(s_assemblies)
        .AddImports([.. s_implicit, .. imports]);

    private Script<object>? _script;
    private ScriptState<object>? _state;

    /// <summary>Compiles the next piece.</summary>
    /// <returns>The compiler's errors.</returns>
    public IReadOnlyList<string> Compile(string code)
    {
        _script = _script is null ? CSharpScript.Create(code, _options) : _script.ContinueWith(code, _options);
        return [.. _script.Compile().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString())];
    }

    /// <summary>Runs the piece compiled last.</summary>
    /// <returns>What it said and showed.</returns>
    public async Task<IReadOnlyList<CellOutput>> RunAsync()
    {
        using var console = new CellConsole();
        _state = _state is null ? await _script!.RunAsync() : await _script!.RunFromAsync(_state);
        return console.Close(_state.ReturnValue);
    }
}
