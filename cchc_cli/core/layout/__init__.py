"""How an official document is set, and where that departs from Nghị định 30/2020/NĐ-CP."""
