using System.Formats.Tar;
using System.IO.Compression;
using Tombola.Numerics.Random;

namespace Tombola.Tests.Data.Cifar;

/// <summary>Writes small sets in CIFAR's binary form.</summary>
internal static class CifarFiles
{
    public const int Pixels = 3 * 32 * 32;

    /// <summary>Makes the content of a batch.</summary>
    /// <param name="examples">Number of records.</param>
    /// <param name="seed">Another number gives other pixels and labels.</param>
    /// <param name="classes">10 for one label byte a record; 100 for two.</param>
    public static byte[] Batch(int examples, int seed, int classes = 10)
    {
        var stream = new RandomStream(new Seed((ulong)seed), "test/cifar");
        var labels = classes == 100 ? 2 : 1;
        var content = new byte[examples * (labels + Pixels)];
        for (var i = 0; i < content.Length; i++)
            content[i] = (byte)stream.Below(256, i);
        for (var example = 0; example < examples; example++)
        {
            var start = example * (labels + Pixels);
            content[start] = (byte)stream.Below(classes == 100 ? 20 : classes, content.Length + example);
            content[start + labels - 1] = (byte)stream.Below(classes, content.Length + examples + example);
        }

        return content;
    }

    /// <summary>Makes the six batches of a small CIFAR-10: 3, 1, 2, 1 and 1 training examples and 2 test examples.
    /// </summary>
    public static Dictionary<string, byte[]> Small10() => new()
    {
        ["data_batch_1.bin"] = Batch(3, 1), ["data_batch_2.bin"] = Batch(1, 2), ["data_batch_3.bin"] = Batch(2, 3),
        ["data_batch_4.bin"] = Batch(1, 4), ["data_batch_5.bin"] = Batch(1, 5), ["test_batch.bin"] = Batch(2, 6),
    };

    /// <summary>Makes the two files of a small CIFAR-100: 5 training and 3 test examples.</summary>
    public static Dictionary<string, byte[]> Small100() => new()
    {
        ["train.bin"] = Batch(5, 7, 100), ["test.bin"] = Batch(3, 8, 100),
    };

    /// <summary>Writes files into a folder, which is created.</summary>
    public static void WriteFolder(string folder, Dictionary<string, byte[]> files)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, content) in files)
            File.WriteAllBytes(Path.Combine(folder, name), content);
    }

    /// <summary>Writes an archive: the files from the last name to the first, a folder and a page besides.</summary>
    public static void WriteArchive(
        string path, string folder, Dictionary<string, byte[]> files, TarEntryFormat format = TarEntryFormat.Ustar)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        using var archive = new TarWriter(gzip, format, leaveOpen: false);
        archive.WriteEntry(Entry(TarEntryType.Directory, folder + "/"));
        foreach (var (name, content) in files.OrderByDescending(file => file.Key, StringComparer.Ordinal))
        {
            var entry = Entry(TarEntryType.RegularFile, $"{folder}/{name}");
            entry.DataStream = new MemoryStream(content);
            archive.WriteEntry(entry);
        }

        var readme = Entry(TarEntryType.RegularFile, $"{folder}/{new string('r', 120)}/readme.html");
        readme.DataStream = new MemoryStream(new byte[700]);
        archive.WriteEntry(readme);

        TarEntry Entry(TarEntryType type, string name) => format switch
        {
            TarEntryFormat.Gnu => new GnuTarEntry(type, name),
            TarEntryFormat.Pax => new PaxTarEntry(type, name),
            _ => new UstarTarEntry(type, name),
        };
    }
}
