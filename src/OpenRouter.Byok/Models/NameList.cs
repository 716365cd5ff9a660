using System.Collections.Generic;
using System.Collections.ObjectModel;

namespace OpenRouter.Byok;

/// <summary>
/// Entries of an allow list as people typed them: names that still have to be looked up. Ids may be among them.
/// </summary>
internal sealed class NameList(IList<string> names) : ReadOnlyCollection<string>(names);
