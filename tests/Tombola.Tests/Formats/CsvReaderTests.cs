using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Tombola.Formats;

namespace Tombola.Tests.Formats;

public sealed class CsvReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read() =>
        Prop.ForAll<(string? Text, double Number, long Integer, bool Truth)[]>(rows =>
        {
            var expected = rows.Select(row => row with { Text = IsText(row.Text) ? row.Text : null }).ToArray();
            using (var csv = new CsvWriter(_folder["t"], ["text", "number", "integer", "truth"]))
            {
                foreach (var row in expected)
                    csv.Write(row.Text, row.Number, row.Integer, row.Truth);
            }

            var read = CsvReader.Read(_folder["t"]).Rows.Select(
                row => (row.Text("text"), row.Number("number"), row.Integer("integer"), row.Boolean("truth")));
            read.ShouldBe(expected.Select(row => (row.Text ?? "", row.Number, row.Integer, row.Truth)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Floats_come_back_as_they_were() =>
        Prop.ForAll<int>(bits =>
        {
            var value = BitConverter.Int32BitsToSingle(bits * 2_654_435);
            using (var csv = new CsvWriter(_folder["t"], ["x"]))
                csv.Write(value);
            ((float)CsvReader.Read(_folder["t"]).Rows[0].Number("x")).ShouldBe(value);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_single_column_can_be_empty()
    {
        using (var csv = new CsvWriter(_folder["t"], ["x"]))
        {
            csv.Write((object?)null);
            csv.Write("a");
            csv.Write((object?)null);
        }

        CsvReader.Read(_folder["t"]).Rows.Select(row => row.Text("x")).ShouldBe(["", "a", ""]);
    }

    [Theory]
    [InlineData("a,b\n1,2\n")]
    [InlineData("a,b\n1,2")]
    [InlineData("a,b\r\n1,2\r\n")]
    [InlineData("\ufeffa,b\n1,2\n")]
    [InlineData("\"a\",b\n\"1\",\"2\"\n")]
    public void Tables_of_others_are_read(string text)
    {
        var table = Read(text);
        table.Columns.ShouldBe(["a", "b"]);
        table.Rows.ShouldHaveSingleItem().Integer("b").ShouldBe(2);
    }

    [Fact]
    public void A_header_alone_is_a_table_without_rows() => Read("a,b\n").Rows.ShouldBeEmpty();

    [Theory]
    [InlineData("", ": the file is empty; expected a line with the names of the columns.")]
    [InlineData("\n", ":1: column 1 has no name.")]
    [InlineData("a,,b\n", ":1: column 2 has no name.")]
    [InlineData("a,b,a\n", ":1: two columns have the name 'a'.")]
    [InlineData("a,b\n1\n", ":2: expected 2 fields as in the header, got 1.")]
    [InlineData("a,b\n1,2\n\n", ":3: expected 2 fields as in the header, got 1.")]
    [InlineData("a,b\n\"x\ny\",2\n1,2,3\n", ":4: expected 2 fields as in the header, got 3.")]
    [InlineData("a\n1\n\"2\n\n", ":3: a quote is opened and never closed.")]
    [InlineData("a\nx\"y\n", ":2: a quote within a field that does not start with one.")]
    [InlineData("a\n\"x\"y\n", ":2: text after a closing quote; write a quote within a field twice.")]
    [InlineData("a\n1\r2\n", ":2: a carriage return without a line feed; write lines that end with a line feed.")]
    public void A_malformed_table_is_refused_with_its_line(string text, string message) =>
        Should.Throw<InputException>(() => Read(text)).Message.ShouldBe(_folder["file"] + message);

    [Fact]
    public void Other_encodings_are_refused() =>
        Should.Throw<InputException>(() => CsvReader.Read(_folder.Write("file", [(byte)'a', 0xE9, (byte)'\n'])))
            .Message.ShouldContain("UTF-8");

    [Fact]
    public void A_wrong_field_is_named_by_file_line_and_column()
    {
        var row = Read("level,loss,done,note\nmany,0.5x,yes,\n").Rows[0];
        Should.Throw<InputException>(() => row.Integer("level")).Message
            .ShouldBe(_folder["file"] + ":2: level: expected a whole number, got 'many'.");
        Should.Throw<InputException>(() => row.Number("loss")).Message
            .ShouldBe(_folder["file"] + ":2: loss: expected a number, got '0.5x'.");
        Should.Throw<InputException>(() => row.Boolean("done")).Message
            .ShouldBe(_folder["file"] + ":2: done: expected true or false, got 'yes'.");
        Should.Throw<InputException>(() => row.Number("note")).Message
            .ShouldBe(_folder["file"] + ":2: note: expected a number, got nothing.");
        row.IsEmpty("note").ShouldBeTrue();
        row.IsEmpty("done").ShouldBeFalse();
        Should.Throw<InputException>(() => row.Text("levl")).Message
            .ShouldBe(_folder["file"] + ": has no column 'levl'. Did you mean 'level'?");
    }

    [Theory]
    [InlineData("1,5")]
    [InlineData("1 000")]
    [InlineData("0x10")]
    [InlineData("1.0")]
    public void What_another_culture_takes_for_a_whole_number_is_refused(string text) =>
        Should.Throw<InputException>(() => Read($"a\n\"{text}\"\n").Rows[0].Integer("a"));

    private static bool IsText(string? text) => text is not null && !text.Any(char.IsSurrogate);

    private CsvTable Read(string text) => CsvReader.Read(_folder.Write("file", Encoding.UTF8.GetBytes(text)));
}
