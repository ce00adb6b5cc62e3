using Tombola.Experiments;
using Tombola.Formats;

namespace Tombola.Tickets.Xor;

/// <summary>The folder of a run on XOR: the same files as in <see cref="RunFolder"/>, and links to stages.</summary>
public static class XorRunFolder
{
    /// <summary>Reads the summary of a run.</summary>
    /// <param name="folder">From <see cref="RunFolder.Find"/>.</param>
    /// <exception cref="InputException">The file is missing or damaged.</exception>
    public static XorSummary ReadSummary(string folder) =>
        CanonicalJson.ReadFile<XorSummary>(Path.Combine(folder, RunFolder.SummaryFileName));

    /// <summary>Reads the resolved description of a run.</summary>
    /// <param name="folder">From <see cref="RunFolder.Find"/>.</param>
    /// <exception cref="InputException">The file is missing or damaged.</exception>
    internal static XorExperiment ReadExperiment(string folder) =>
        CanonicalJson.ReadFile<XorExperiment>(Path.Combine(folder, RunFolder.ExperimentFileName));

    /// <summary>Creates the folder with the description, and with empty results where there are none yet.</summary>
    internal static void WriteDescription(string folder, XorSummary summary)
    {
        Directory.CreateDirectory(folder);
        RunFolder.Replace(Path.Combine(folder, RunFolder.ExperimentFileName), path =>
            File.WriteAllText(path, CanonicalJson.Pretty(summary.Experiment)));
        if (!File.Exists(Path.Combine(folder, RunFolder.SummaryFileName)))
            WriteResults(folder, summary);
    }

    /// <summary>Writes what there is of the results; files are replaced one by one, each as a whole.</summary>
    internal static void WriteResults(string folder, XorSummary summary)
    {
        RunFolder.Replace(Path.Combine(folder, RunFolder.ResultsFileName), path =>
            XorResultsTable.Write(path, summary));
        RunFolder.Replace(Path.Combine(folder, RunFolder.SummaryFileName), path =>
            File.WriteAllText(path, CanonicalJson.Pretty(summary)));
    }

    /// <summary>Makes links to the stages of a run that the store has.</summary>
    internal static void Link(string folder, IEnumerable<XorNode> nodes, RunStore store) =>
        RunFolder.Link(folder, store, nodes.Select(node => (NameOf(node), node.Train.Id)));

    private static string NameOf(XorNode node) =>
        FormattableString.Invariant($"{node.Strategy}-{node.Hidden}-to-{node.Units}-units");
}
