namespace Microsoft.ML.Spiking.Tests.Data;

[TestClass]
public class ShardRequestTests
{
    [TestMethod]
    [DataRow("0/1")]
    [DataRow("7/8")]
    public void A_part_that_is_given_is_taken_whatever_a_scheduler_says(string text)
        => Assert.AreEqual(text, Of(text, "JOB_COMPLETION_INDEX=5 SLURM_ARRAY_TASK_ID=9"));

    [TestMethod]
    [DataRow("8/8")]
    [DataRow("-1/8")]
    [DataRow("1/0")]
    [DataRow("1")]
    [DataRow("/8")]
    [DataRow("1/2/3")]
    [DataRow("1.5/2")]
    [DataRow("auto/0")]
    [DataRow("Auto")]
    public void What_is_no_part_is_refused_with_how_to_say_one(string text)
        => Answer.To("predict", "a.csv", "-m", "m", "--shard", text).FailsWith(ExitCode.Usage,
            $"--shard is '{text}', but it must be a part and how many there are, from 0/8 to 7/8, or auto or auto/8 for the part that Kubernetes or Slurm names.");

    [TestMethod]
    [DataRow("auto/8", "JOB_COMPLETION_INDEX=0", "0/8")]
    [DataRow("auto/8", "JOB_COMPLETION_INDEX=7", "7/8")]
    [DataRow("auto", "SLURM_ARRAY_TASK_ID=0 SLURM_ARRAY_TASK_COUNT=4 SLURM_ARRAY_TASK_MIN=0", "0/4")]
    [DataRow("auto", "SLURM_ARRAY_TASK_ID=4 SLURM_ARRAY_TASK_COUNT=4 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_STEP=1", "3/4")]
    [DataRow("auto", "SLURM_ARRAY_TASK_ID=25 SLURM_ARRAY_TASK_COUNT=3 SLURM_ARRAY_TASK_MIN=5 SLURM_ARRAY_TASK_STEP=10", "2/3")]
    [DataRow("auto/4", "SLURM_ARRAY_TASK_ID=2 SLURM_ARRAY_TASK_COUNT=4 SLURM_ARRAY_TASK_MIN=0", "2/4")]
    public void A_scheduler_names_the_part(string text, string variables, string part) => Assert.AreEqual(part, Of(text, variables));

    [TestMethod]
    [DataRow("auto", "", "neither JOB_COMPLETION_INDEX nor SLURM_ARRAY_TASK_ID is set")]
    [DataRow("auto", "JOB_COMPLETION_INDEX=3", "Kubernetes tells no one how many parts there are")]
    [DataRow("auto/3", "JOB_COMPLETION_INDEX=3", "JOB_COMPLETION_INDEX is 3, but --shard says that there are 3 parts")]
    [DataRow("auto/3", "JOB_COMPLETION_INDEX=first", "JOB_COMPLETION_INDEX is 'first', but it must be a whole number")]
    [DataRow("auto/3", "JOB_COMPLETION_INDEX=1 SLURM_ARRAY_TASK_ID=1", "both JOB_COMPLETION_INDEX and SLURM_ARRAY_TASK_ID are set")]
    [DataRow("auto", "SLURM_ARRAY_TASK_ID=3", "SLURM_ARRAY_TASK_COUNT is '', but it must be a whole number")]
    [DataRow("auto/8", "SLURM_ARRAY_TASK_ID=3 SLURM_ARRAY_TASK_COUNT=1 SLURM_ARRAY_TASK_MIN=3", "SLURM_ARRAY_TASK_COUNT is 1, but --shard says that there are 8 parts")]
    [DataRow("auto", "SLURM_ARRAY_TASK_ID=6 SLURM_ARRAY_TASK_COUNT=3 SLURM_ARRAY_TASK_MIN=1", "SLURM_ARRAY_TASK_ID is 6, which is none of 3 tasks from 1 on.")]
    [DataRow("auto", "SLURM_ARRAY_TASK_ID=6 SLURM_ARRAY_TASK_COUNT=3 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_STEP=2", "3 tasks from 1 on in steps of 2.")]
    public void What_a_scheduler_leaves_open_is_asked_for(string text, string variables, string message)
    {
        var error = Assert.ThrowsExactly<Failure>(() => Of(text, variables));

        Assert.AreEqual(ExitCode.Usage, error.Code);
        StringAssert.Contains(error.Message, message);
    }

    private static string Of(string text, string variables)
    {
        var environment = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        Shard shard = ShardRequest.Parse(text)!.Value.Resolve(environment.GetValueOrDefault);
        return $"{shard.Index}/{shard.Count}";
    }
}
