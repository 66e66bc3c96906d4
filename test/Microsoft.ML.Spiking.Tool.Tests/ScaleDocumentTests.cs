using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Microsoft.ML.Spiking.Tests;

/// <summary>What docs/scale.md tells one to give GNU parallel, Slurm and Kubernetes, each done as far as it can be on this machine, with the variables that they set.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed partial class ScaleDocumentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _bin;

    public ScaleDocumentTests()
    {
        Toy.WriteCsv(_folder["rows.csv"], [.. Enumerable.Range(0, 11).Select(row => Toy.Classes[row % 2])]);
        File.Copy(Toy.Model, _folder["model.zip"]);
        // The command as one has it who installed it.
        string command = _folder.Write(Path.Combine("bin", "spiking"), $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "spiking.dll")}' \"$@\"\n");
        Process.Start("chmod", ["+x", command]).WaitForExit();
        _bin = Path.GetDirectoryName(command)!;
    }

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [RequiresParallel]
    public void The_line_for_GNU_parallel_gives_what_one_process_gives()
    {
        Run(["bash", "-e", "-c", Block("bash", "parallel")]);

        Assert.AreEqual(Whole(), File.ReadAllText(_folder["scores.tsv"]));
    }

    [TestMethod]
    public void The_file_for_sbatch_gives_what_one_process_gives_in_every_task_of_its_array()
    {
        string script = Block("bash", "#SBATCH");
        Match array = Array().Match(script);
        int first = int.Parse(array.Groups[1].Value, null), last = int.Parse(array.Groups[2].Value, null);
        _folder.Write("scores.sbatch", script);

        for (int task = first; task <= last; task++)
            Run(["bash", _folder["scores.sbatch"]],
                ("SLURM_ARRAY_TASK_ID", $"{task}"), ("SLURM_ARRAY_TASK_COUNT", $"{last - first + 1}"), ("SLURM_ARRAY_TASK_MIN", $"{first}"), ("SLURM_ARRAY_TASK_MAX", $"{last}"));

        Assert.AreEqual(Whole(), Parts(last - first + 1));
    }

    [TestMethod]
    public void The_Job_for_Kubernetes_gives_what_one_process_gives_in_every_pod()
    {
        Dictionary<string, string> job = Yaml(Block("yaml", "kind: Job"));
        int completions = int.Parse(job["spec.completions"], null);
        Assert.AreEqual("Indexed", job["spec.completionMode"]);
        Assert.AreEqual("Never", job["spec.template.spec.restartPolicy"]);
        Assert.AreEqual(job["spec.template.spec.volumes.0.name"], job["spec.template.spec.containers.0.volumeMounts.0.name"]);
        string mount = job["spec.template.spec.containers.0.volumeMounts.0.mountPath"] + "/";
        string[] command = [.. job["spec.template.spec.containers.0.command"].Trim('[', ']').Split(", ").Select(word => word.Replace(mount, "", StringComparison.Ordinal))];

        for (int index = 0; index < completions; index++) Run(command, ("JOB_COMPLETION_INDEX", $"{index}"));

        Assert.AreEqual(Whole(), Parts(completions));
    }

    private static string Block(string language, string part)
        => new Document("docs/scale.md").Blocks.Single(block => block.Language == language && block.Code.Contains(part, StringComparison.Ordinal)).Code;

    /// <summary>What one process says of all rows.</summary>
    private string Whole()
    {
        string whole = Answer.To("predict", _folder["rows.csv"], "-m", _folder["model.zip"]).Output;
        Assert.HasCount(11, whole.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        return whole;
    }

    /// <summary>The parts together, by the line of the document that puts them together.</summary>
    private string Parts(int count)
    {
        string line = Block("sh", "cat ");
        StringAssert.Contains(line, $"-of-{count}.");
        Run(["bash", "-e", "-c", line]);
        return File.ReadAllText(_folder["scores.tsv"]);
    }

    private void Run(string[] command, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("env", ["-C", _folder.FullName, $"PATH={_bin}:{Environment.GetEnvironmentVariable("PATH")}", .. command])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in variables) start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Answer answer = ToolProcess.Finish(process);
        Assert.AreEqual(ExitCode.Done, answer.Code, answer.Errors);
    }

    /// <summary>What a document of nested names and lists says, each by its path: spec.containers.0.name.</summary>
    private static Dictionary<string, string> Yaml(string text)
    {
        var values = new Dictionary<string, string>();
        var above = new List<(int Indent, string Path)>();
        var items = new Dictionary<string, int>();
        foreach (string line in text.Split('\n'))
        {
            Match match = YamlLine().Match(line);
            Assert.IsTrue(match.Success, line);
            int indent = match.Groups["blank"].Length;
            bool isItem = match.Groups["item"].Success;
            // A list stands below its name, or beside it.
            above.RemoveAll(parent => parent.Indent > indent || parent.Indent == indent && (!isItem || parent.Path.EndsWith(']')));
            string path = above.Count > 0 ? above[^1].Path.TrimEnd(']') + "." : "";
            if (isItem)
            {
                int number = items[path] = items.GetValueOrDefault(path, -1) + 1;
                path = $"{path}{number}";
                above.Add((indent, path + "]"));
                path += ".";
                indent += 2;
            }
            path += match.Groups["name"].Value;
            if (match.Groups["value"].Length > 0) values.Add(path, match.Groups["value"].Value);
            else above.Add((indent, path));
        }
        return values;
    }

    [GeneratedRegex(@"#SBATCH --array=(\d+)-(\d+)\n")]
    private static partial Regex Array();

    [GeneratedRegex(@"^(?<blank> *)(?<item>- )?(?<name>\w+):(?: (?<value>.+))?$")]
    private static partial Regex YamlLine();
}
