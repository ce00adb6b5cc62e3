using System.Collections.Immutable;
using Tombola.Formats;

namespace Tombola.Data.Cifar;

/// <summary>Describes the two published sets: archive, batches, hashes and usual normalisation.</summary>
/// <remarks>
/// Means and deviations are those of the 50,000 training images, channel by channel over all pixels, rounded to four
/// digits: the numbers that open implementations have in common. Deviations of about 0.20, also seen, average those of
/// single images and are not used here.
/// </remarks>
internal static class CifarSets
{
    private const int BatchExamples = 10_000;

    private static readonly ImmutableArray<Uri> Mirrors = [new("https://www.cs.toronto.edu/~kriz/")];

    /// <summary>CIFAR-10.</summary>
    internal static CifarDataSet Cifar10 { get; } = new(
        "cifar-10",
        "CIFAR-10: small colour photographs in 10 classes (Krizhevsky)",
        CifarForm.Cifar10,
        new ExactFile(
            CifarForm.Cifar10.ArchiveName, 170_052_171,
            "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"),
        Batches(
            CifarForm.Cifar10,
            labelBytes: 1,
            (BatchExamples, "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5"),
            (BatchExamples, "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed"),
            (BatchExamples, "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67"),
            (BatchExamples, "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48"),
            (BatchExamples, "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add"),
            (BatchExamples, "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b")),
        Mirrors,
        Classes: 10,
        Normalisation.ByChannel(new(0.4914f, 0.2470f), new(0.4822f, 0.2435f), new(0.4465f, 0.2616f)));

    /// <summary>CIFAR-100 with its fine labels.</summary>
    internal static CifarDataSet Cifar100 { get; } = new(
        "cifar-100",
        "CIFAR-100: small colour photographs in 100 classes (Krizhevsky)",
        CifarForm.Cifar100,
        new ExactFile(
            CifarForm.Cifar100.ArchiveName, 168_513_733,
            "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec"),
        Batches(
            CifarForm.Cifar100,
            labelBytes: 2,
            (5 * BatchExamples, "f31298fc616915fa142368359df1c4ca2ae984d6915ca468b998a5ec6aeebf29"),
            (BatchExamples, "d8b1e6b7b3bee4020055f0699b111f60b1af1e262aeb93a0b659061746f8224a")),
        Mirrors,
        Classes: 100,
        Normalisation.ByChannel(new(0.5071f, 0.2673f), new(0.4865f, 0.2564f), new(0.4409f, 0.2762f)));

    private static ImmutableArray<ExactFile> Batches(
        CifarForm form, int labelBytes, params ReadOnlySpan<(int Examples, string Sha256)> files)
    {
        var batches = ImmutableArray.CreateBuilder<ExactFile>(files.Length);
        for (var i = 0; i < files.Length; i++)
        {
            var length = CifarBatch.FileLength(files[i].Examples, labelBytes);
            batches.Add(new ExactFile(form.FileNames[i], length, files[i].Sha256));
        }

        return batches.MoveToImmutable();
    }
}
