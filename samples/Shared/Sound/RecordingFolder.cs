using System.Globalization;
using NWaves.Audio;
using NWaves.Operations;
using NWaves.Signals;

namespace Microsoft.ML.Spiking.Samples.Sound;

/// <summary>WAV files of a folder: word_speaker_take.wav, or a folder for each word with files of any names.</summary>
internal static class RecordingFolder
{
    // .WAV is one too, wherever it lies.
    private static readonly EnumerationOptions s_anyCase = new() { MatchCasing = MatchCasing.CaseInsensitive };

    /// <summary>Reads all of them, in the order of their names.</summary>
    /// <exception cref="IOException">There are none, or one cannot be read.</exception>
    public static WordRecording[] Read(string folder)
    {
        WordRecording[] named = [.. Directory.EnumerateFiles(folder, "*.wav", s_anyCase).Order(StringComparer.Ordinal).Select(Named)];
        WordRecording[] sorted =
        [
            .. Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal).SelectMany(word
                => Directory.EnumerateFiles(word, "*.wav", s_anyCase).Order(StringComparer.Ordinal)
                    .Select((file, i) => new WordRecording(Path.GetFileName(word), "", i, Samples(file)))),
        ];
        return named.Length + sorted.Length > 0
            ? [.. named, .. sorted]
            : throw new IOException($"'{folder}' holds no recordings; it needs files such as seven_anna_0.wav, or a folder of WAV files for each word.");
    }

    /// <summary>The sound of a file, all channels in one, at <see cref="MelBands.Rate"/>.</summary>
    /// <exception cref="IOException">It is no WAV file that can be read.</exception>
    public static float[] Samples(string file)
    {
        try
        {
            using FileStream stream = File.OpenRead(file);
            DiscreteSignal signal = new WaveFile(stream)[Channels.Average];
            if (signal.Length == 0) throw new FormatException("it has a header, and no sound.");
            return signal.SamplingRate == MelBands.Rate ? signal.Samples : new Resampler().Resample(signal, MelBands.Rate).Samples;
        }
        catch (Exception error) when (error is FormatException or ArgumentException or EndOfStreamException or IndexOutOfRangeException)
        {
            throw new IOException($"'{file}' is no WAV file that can be read: {error.Message}", error);
        }
    }

    /// <summary>Writes recordings as word_speaker_take.wav.</summary>
    public static void Write(string folder, IEnumerable<WordRecording> recordings)
    {
        Directory.CreateDirectory(folder);
        foreach (WordRecording recording in recordings)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{recording.Word}_{recording.Speaker}_{recording.Take}.wav");
            using FileStream stream = File.Create(Path.Combine(folder, name));
            new WaveFile(new DiscreteSignal(MelBands.Rate, recording.Samples)).SaveTo(stream);
        }
    }

    private static WordRecording Named(string file)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        return name.Split('_') is [var word, var speaker, var take] && int.TryParse(take, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? new WordRecording(word, speaker, number, Samples(file))
            : throw new IOException($"'{file}' is not named word_speaker_take.wav, as seven_anna_0.wav is; name it so, or put it into a folder of its word.");
    }
}
