using Microsoft.ML.Spiking.Samples.Sound;

namespace Microsoft.ML.Spiking.Tests.Sound;

/// <summary>Recordings on disk, and who of them is asked about.</summary>
[TestClass]
public sealed class RecordingFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("recordings").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void What_was_written_is_read_again()
    {
        WordRecording[] words = [.. MadeUpWords.Say(takes: 2, seed: 1).OrderBy(word => $"{word.Word}_{word.Speaker}_{word.Take}.wav", StringComparer.Ordinal)];
        RecordingFolder.Write(_folder, words);
        WordRecording[] read = RecordingFolder.Read(_folder);
        CollectionAssert.AreEqual(words.Select(word => (word.Word, word.Speaker, word.Take)).ToArray(), read.Select(word => (word.Word, word.Speaker, word.Take)).ToArray());
        for (int i = 0; i < words.Length; i++)
            for (int at = 0; at < words[i].Samples.Length; at++) Assert.AreEqual(words[i].Samples[at], read[i].Samples[at], 1e-4f);
    }

    [TestMethod]
    public void A_folder_of_each_word_says_what_the_files_names_do_not()
    {
        RecordingFolder.Write(Path.Combine(_folder, "yes"), MadeUpWords.Say(takes: 1, seed: 1).Take(3));
        RecordingFolder.Write(Path.Combine(_folder, "no"), MadeUpWords.Say(takes: 1, seed: 1).Take(2));
        CollectionAssert.AreEqual(new[] { ("no", 0), ("no", 1), ("yes", 0), ("yes", 1), ("yes", 2) }, RecordingFolder.Read(_folder).Select(word => (word.Word, word.Take)).ToArray());
    }

    [TestMethod]
    public void What_is_no_recording_is_refused_by_its_name()
    {
        StringAssert.Contains(Assert.ThrowsExactly<IOException>(() => RecordingFolder.Read(_folder)).Message, "holds no recordings");
        File.WriteAllText(Path.Combine(_folder, "seven_anna_0.wav"), "not a sound");
        StringAssert.Contains(Assert.ThrowsExactly<IOException>(() => RecordingFolder.Read(_folder)).Message, "seven_anna_0.wav' is no WAV file");
        File.Delete(Path.Combine(_folder, "seven_anna_0.wav"));
        File.WriteAllText(Path.Combine(_folder, "seven.wav"), "");
        StringAssert.Contains(Assert.ThrowsExactly<IOException>(() => RecordingFolder.Read(_folder)).Message, "is not named word_speaker_take.wav");
    }

    [TestMethod]
    public void A_file_without_a_sound_in_it_is_no_recording()
    {
        RecordingFolder.Write(_folder, [new WordRecording("seven", "anna", 0, [])]);
        StringAssert.Contains(Assert.ThrowsExactly<IOException>(() => RecordingFolder.Read(_folder)).Message, "seven_anna_0.wav' is no WAV file that can be read: it has a header, and no sound.");
    }

    [TestMethod]
    public void Endings_may_be_written_in_capitals()
    {
        RecordingFolder.Write(_folder, MadeUpWords.Say(takes: 1, seed: 1).Take(1));
        string file = Directory.GetFiles(_folder).Single();
        File.Move(file, Path.ChangeExtension(file, ".WAV"));
        Assert.HasCount(1, RecordingFolder.Read(_folder));
    }

    [TestMethod]
    [DataRow("a x 0|a x 1|a x 2", "Of one word alone, 'a', nothing can be learnt;")]
    [DataRow("a x 0|b x 0", "Of 'a' no recording is left to learn from;")]
    [DataRow("a x 0|a x 1|b x 0|b y 0", "Of 'b' no recording is left to learn from;")]
    public void Words_that_cannot_be_learnt_are_named(string recordings, string message)
    {
        RecordingSplit split = RecordingSplit.ByTake([.. recordings.Split('|').Select(name => name.Split(' ')).Select(name => new WordRecording(name[0], name[1], name[2][0] - '0', []))]);
        StringAssert.StartsWith(Assert.ThrowsExactly<IOException>(split.Words).Message, message);
    }

    [TestMethod]
    public void The_words_stand_in_the_order_of_their_letters()
        => CollectionAssert.AreEqual(new[] { "a", "b" }, RecordingSplit.ByTake([.. from word in (string[])["b", "a"] from take in Enumerable.Range(0, 2) select new WordRecording(word, "x", take, [])]).Words());

    [TestMethod]
    public void What_goes_on_after_the_last_step_is_known()
    {
        static WordRecording Of(double seconds) => new("a", "x", 0, new float[(int)(seconds * MelBands.Rate)]);
        Assert.AreEqual(0.8, SoundInput.Seconds, 1e-9);
        Assert.IsFalse(SoundInput.IsCut(Of(SoundInput.Seconds)));
        Assert.IsTrue(SoundInput.IsCut(Of(SoundInput.Seconds + 0.1)));
    }

    [TestMethod]
    public void The_first_takes_of_each_word_and_speaker_are_unseen_or_a_whole_speaker()
    {
        WordRecording[] recordings = [.. from word in (string[])["a", "b"] from speaker in (string[])["x", "y"] from take in Enumerable.Range(0, 20) select new WordRecording(word, speaker, take, [])];
        RecordingSplit byTake = RecordingSplit.ByTake(recordings), bySpeaker = RecordingSplit.BySpeaker(recordings, "x");
        Assert.AreEqual((72, 8), (byTake.Training.Length, byTake.Unseen.Length));
        Assert.IsTrue(byTake.Unseen.All(recording => recording.Take < 2));
        Assert.AreEqual((40, 40), (bySpeaker.Training.Length, bySpeaker.Unseen.Length));
        Assert.IsTrue(bySpeaker.Unseen.All(recording => recording.Speaker == "x") && bySpeaker.Training.All(recording => recording.Speaker == "y"));
        Assert.HasCount(4, RecordingSplit.ByTake([.. recordings.Where(recording => recording.Take < 3)]).Unseen, "one at least of each");
    }
}
